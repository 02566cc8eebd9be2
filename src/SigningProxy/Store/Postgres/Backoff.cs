namespace SigningProxy.Store.Postgres;

/// <summary>How long what failed is left alone: a quarter of a second at first, and twice as long each time, up to two seconds.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private long _failed;

    /// <summary>From the last failure on; zero while there is none.</summary>
    public TimeSpan Wait { get; private set; }

    /// <summary>Whether it is too early for another attempt.</summary>
    public bool IsEarly => Wait > TimeSpan.Zero && time.GetElapsedTime(_failed) < Wait;

    public void Failed()
    {
        _failed = time.GetTimestamp();
        Wait = Wait == TimeSpan.Zero ? First : Wait * 2 < Longest ? Wait * 2 : Longest;
    }

    public void Succeeded() => Wait = TimeSpan.Zero;
}
