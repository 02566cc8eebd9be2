using Microsoft.Extensions.Options;
using SigningProxy.Forwarding;

namespace SigningProxy.Cli;

/// <summary>
/// Keeps the framework from logging requests: at Information and below it writes request targets, which may hold presigned queries.
/// No setting lowers this floor; the proxy's own categories stay free.
/// </summary>
internal sealed class FrameworkLogFloor : IPostConfigureOptions<LoggerFilterOptions>
{
    // Its Error is a start that failed, which the command tells in one line.
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private static readonly string[] Frameworks = ["Microsoft", "System", "Yarp"];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];
            if (rule.CategoryName is { } category && Frameworks.Any(f => category.StartsWith(f, StringComparison.OrdinalIgnoreCase)) && !(rule.LogLevel >= LogLevel.Warning))
                options.Rules[i] = new LoggerFilterRule(rule.ProviderName, category, LogLevel.Warning, null);
        }
        // A rule for one provider outranks one for all, so the floor stands once for each provider that has rules of its own.
        foreach (var provider in options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList())
        {
            foreach (var framework in Frameworks.Where(f => !options.Rules.Any(r => r.ProviderName == provider && r.CategoryName == f)).ToList())
                options.Rules.Add(new LoggerFilterRule(provider, framework, LogLevel.Warning, null));
            options.Rules.Add(new LoggerFilterRule(provider, Host, LogLevel.Critical, null));
            options.Rules.Add(new LoggerFilterRule(provider, ForwardingServices.TalkativeCategory, LogLevel.None, null));
        }
    }
}
