using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SigningProxy.Listeners;

/// <summary>How sockets are served. What was measured, and what else was tried: <c>docs/adr/0015-sockets-inline.md</c>.</summary>
internal static class ListenerServices
{
    public static IServiceCollection AddListeners(this IServiceCollection services)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, BlockPools>();
        // Nothing on a request's way blocks: it may run where its bytes came in, and need not wait for another thread.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        return services;
    }

    private sealed class BlockPools : IMemoryPoolFactory<byte>
    {
        private const int BlockBytes = 32 * 1024;

        // 16 MiB.
        private const int MostIdle = 512;

        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new BlockPool(BlockBytes, MostIdle);
    }
}
