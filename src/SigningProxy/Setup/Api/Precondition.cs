using System.Globalization;
using System.Text.Json;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Api;

/// <summary>What a request takes an entry for: by its headers, else by the revision that it sends.</summary>
/// <param name="IfMatch">The entity tags of If-Match; null where there is none.</param>
/// <param name="IfNoneMatch">Whether there must be no entry yet.</param>
/// <param name="Revision">The member <c>revision</c> of what was sent, or null.</param>
internal sealed record Precondition(IReadOnlyList<string>? IfMatch, bool IfNoneMatch, long? Revision)
{
    private const string Any = "*";

    /// <param name="request">The request.</param>
    /// <param name="sent">Its body, or null.</param>
    public static Precondition Of(HttpRequest request, YamlMap? sent) => Of(request, sent is null ? null : RevisionIn(sent));

    /// <param name="request">The request.</param>
    /// <param name="revision">The revision that its body has, or null.</param>
    public static Precondition Of(HttpRequest request, long? revision)
    {
        var match = request.Headers.IfMatch;
        var noneMatch = request.Headers.IfNoneMatch;
        if (noneMatch.Count > 0 && noneMatch is not [Any])
            throw new ProblemException(ProblemKind.Malformed, "If-None-Match can only be *, which means that there must be no such entry yet.");
        return new(
            match.Count == 0 ? null : [.. match.ToString().Split(',', StringSplitOptions.TrimEntries)],
            noneMatch.Count > 0,
            revision);
    }

    /// <summary>Judges a change against the entry as it is now.</summary>
    /// <exception cref="ProblemException">It is not what the request takes it for.</exception>
    public void Judge(EntryView? now, bool whole, Action<Utf8JsonWriter> writeBoth) => Judge(now is null ? null : (now.ETag, now.Revision), whole, writeBoth);

    /// <summary>Judges a change against what there is now.</summary>
    /// <param name="now">Its ETag and revision, or null where there is none.</param>
    /// <param name="whole">Whether all of it is replaced, and so must be known.</param>
    /// <param name="writeBoth">Tells of the two in an answer.</param>
    /// <exception cref="ProblemException">It is not what the request takes it for.</exception>
    public void Judge((string ETag, long Revision)? now, bool whole, Action<Utf8JsonWriter> writeBoth)
    {
        if (IfNoneMatch && now is not null)
            throw Failed("There is one of this name already.", writeBoth);
        if (IfMatch is { } tags)
        {
            if (now is null || !(tags.Contains(Any) || tags.Contains(now.Value.ETag)))
                throw Failed(now is null ? "There is none of this name any more." : $"It is of revision {now.Value.Revision}: look at it again, and send If-Match: {now.Value.ETag}.", writeBoth);
        }
        else if (Revision is { } revision && revision != (now?.Revision ?? 0))
        {
            throw new ProblemException(ProblemKind.Conflict, now is null
                ? $"It was revision {revision}, and there is none any more."
                : $"It was revision {revision}, and is {now.Value.Revision} since somebody else changed it. Put the two together, and send revision {now.Value.Revision}.", writeBoth);
        }
        else if (whole && now is not null && Revision is null)
        {
            throw new ProblemException(ProblemKind.PreconditionRequired, $"There is one of this name. To replace it, send If-Match: {now.Value.ETag}, or that revision in the body.");
        }
    }

    private static ProblemException Failed(string detail, Action<Utf8JsonWriter> writeBoth) => new(ProblemKind.PreconditionFailed, detail, writeBoth);

    private static long? RevisionIn(YamlMap sent) => sent.Entries.FirstOrDefault(e => e.Key.Value == "revision").Value switch
    {
        null or YamlText { IsNull: true } => null,
        YamlText { Plain: true } text when long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) => revision,
        _ => throw new ProblemException(ProblemKind.Malformed, "revision is a whole number, as GET gave it."),
    };
}
