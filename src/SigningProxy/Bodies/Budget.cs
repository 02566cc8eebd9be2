namespace SigningProxy.Bodies;

/// <summary>Bytes that all requests share. Nothing is read that was not set aside here first.</summary>
/// <param name="total">How many there are.</param>
internal sealed class Budget(long total)
{
    private long _taken;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= total)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
