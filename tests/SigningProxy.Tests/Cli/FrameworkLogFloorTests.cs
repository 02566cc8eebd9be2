using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SigningProxy.Cli;

namespace SigningProxy.Tests.Cli;

public sealed class FrameworkLogFloorTests
{
    private static readonly string[] Frameworks =
    [
        "Microsoft", "Microsoft.AspNetCore.Hosting.Diagnostics", "microsoft.aspnetcore", "System.Net.Http.HttpClient", "Yarp.ReverseProxy.Model",
        "Yarp.ReverseProxy.Forwarder.HttpForwarder",
    ];

    [Theory]
    [InlineData]
    [InlineData("LogLevel:Default=Trace")]
    [InlineData("LogLevel:Microsoft=Trace", "LogLevel:System=Debug", "LogLevel:Yarp=Information")]
    [InlineData("LogLevel:Microsoft.AspNetCore.Hosting=Information", "LogLevel:Yarp.ReverseProxy.Forwarder=Trace", "LogLevel:System.Net.Http=Trace")]
    [InlineData("LogLevel:MICROSOFT.AspNetCore=Trace", "LogLevel:yarp=Trace")]
    [InlineData("Kept:LogLevel:Default=Trace")]
    [InlineData("Kept:LogLevel:Microsoft=Trace", "Kept:LogLevel:Yarp.ReverseProxy.Forwarder.HttpForwarder=Trace")]
    [InlineData("Kept:LogLevel:*=Trace", "LogLevel:Default=Trace")]
    [InlineData("LogLevel:Micro*=Trace")]
    [InlineData("LogLevel:Yarp.ReverseProxy.Forwarder.HttpForwarder=Trace")]
    [InlineData("LogLevel:Microsoft*Diagnostics=Trace", "LogLevel:*Forwarder=Trace")]
    [InlineData("LogLevel:*.AspNetCore.Hosting.Diagnostics=Trace", "LogLevel:Y*ReverseProxy.Forwarder.HttpForwarder=Trace")]
    public void Settings_WhateverTheyAre_LowerNothingOfTheFrameworks(params string[] settings)
    {
        var told = Log(settings, Frameworks);

        Assert.DoesNotContain(told, line => line.Level < LogLevel.Warning);
        Assert.DoesNotContain(told, line => line.Category.StartsWith("Yarp.ReverseProxy.Forwarder", StringComparison.Ordinal));
        Assert.Contains(("Microsoft", LogLevel.Error), told);
    }

    [Fact]
    public void Settings_RaiseTheFrameworksHigher() =>
        Assert.Equal([("Microsoft.Hosting", LogLevel.Error), ("Microsoft.Hosting", LogLevel.Critical)], Log(["LogLevel:Microsoft=Error"], "Microsoft.Hosting"));

    [Fact]
    public void Settings_LeaveTheProxysOwnFree() =>
        Assert.Contains(("SigningProxy.Access", LogLevel.Trace), Log(["LogLevel:SigningProxy=Trace"], "SigningProxy.Access"));

    /// <summary>Asked whether it tells of anything at all, the host would else make an activity and a scope for every request.</summary>
    [Fact]
    public void Requests_WhateverTheSettings_AreNotTheHostsToTellOf() =>
        Assert.Empty(Log(["LogLevel:Default=Trace", "LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace"], "Microsoft.AspNetCore.Hosting.Diagnostics"));

    /// <summary>Writes one line of every level to every category, and tells those that came through.</summary>
    private static List<(string Category, LogLevel Level)> Log(string[] settings, params string[] categories)
    {
        var kept = new KeptLines();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging
            .AddConfiguration(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build())
            .AddProvider(kept));
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, FrameworkLogFloor>();
        using var provider = services.BuildServiceProvider();
        foreach (var category in categories)
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(category);
            for (var level = LogLevel.Trace; level < LogLevel.None; level++)
                logger.Log(level, default, "", null, (_, _) => "");
        }
        return kept.Lines;
    }

    [ProviderAlias("Kept")]
    private sealed class KeptLines : ILoggerProvider
    {
        public List<(string Category, LogLevel Level)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Category(string name, List<(string, LogLevel)> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Add((name, logLevel));
        }
    }
}
