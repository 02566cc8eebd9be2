namespace SigningProxy.Destinations;

/// <summary>An answer of a destination, whichever way it came. Once it is disposed, nobody reads the request's body for it any more.</summary>
internal interface IAnswer : IAsyncDisposable
{
    public int Status { get; }

    /// <summary>How long its body is; null where it does not say.</summary>
    public long? ContentLength { get; }

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name);

    /// <summary>The beginning of its body. Whoever reads the answer afterwards gets it all the same.</summary>
    /// <param name="most">How many bytes at most; fewer only where it ends.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public ValueTask<ReadOnlyMemory<byte>> BeginningAsync(int most, CancellationToken cancellation);
}

/// <summary>A way to a destination.</summary>
internal interface IWire
{
    /// <summary>Sends a request as it stands, and gives the answer once its head is there.</summary>
    public ValueTask<IAnswer> SendAsync(OutboundRequest request, CancellationToken cancellation);
}
