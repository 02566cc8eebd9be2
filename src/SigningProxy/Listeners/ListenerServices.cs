using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace SigningProxy.Listeners;

/// <summary>Where the memory of sockets comes from. What was measured, and what else was tried: <c>docs/adr/0015-larger-blocks.md</c>.</summary>
internal static class ListenerServices
{
    public static IServiceCollection AddListeners(this IServiceCollection services)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, BlockPools>();
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
