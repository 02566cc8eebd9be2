using Microsoft.Extensions.Options;
using SigningProxy.Forwarding;

namespace SigningProxy.Cli;

/// <summary>
/// Keeps the framework from logging requests: at Information and below it writes request targets, which may hold presigned queries.
/// No setting lowers this floor; the proxy's own categories stay free.
/// </summary>
/// <remarks>
/// Every rule carries the floor. A rule beside the others would not do: the longest category that fits a logger wins, and one with a
/// wildcard fits where its text does not show it.
/// </remarks>
internal sealed class FrameworkLogFloor : IPostConfigureOptions<LoggerFilterOptions>
{
    // Its Error is a start that failed, which the command tells in one line.
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    // Tells of requests below Warning alone, and makes an activity and a scope for each as long as it could tell anything.
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private static readonly string[] Frameworks = ["Microsoft", "System", "Yarp"];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // What no rule fits goes by the least level; the first rule is the weakest.
        options.Rules.Insert(0, new LoggerFilterRule(null, null, options.MinLevel, null));
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];
            options.Rules[i] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => Passes(category ?? "", level) && rule.Filter?.Invoke(provider, category, level) != false);
        }
    }

    private static bool Passes(string category, LogLevel level) =>
        !OfFrameworks(category)
        || (level >= LogLevel.Warning
            && !category.Equals(Requests, StringComparison.OrdinalIgnoreCase)
            && !category.StartsWith(ForwardingServices.TalkativeCategory, StringComparison.OrdinalIgnoreCase)
            && !(level < LogLevel.Critical && category.Equals(Host, StringComparison.OrdinalIgnoreCase)));

    /// <remarks>Asked several times for every request.</remarks>
    private static bool OfFrameworks(string category)
    {
        foreach (var framework in Frameworks)
        {
            if (category.StartsWith(framework, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
