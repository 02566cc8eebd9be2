using System.Text.Json;

namespace SigningProxy.Setup.Api;

/// <summary>Why a request to the API is not done; each kind has one stable code.</summary>
/// <param name="Code">Stable; for programs.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same for every problem of the kind.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    public static readonly ProblemKind Malformed = new("malformed", 400, "The request cannot be read");
    public static readonly ProblemKind NotPermitted = new("not_permitted", 403, "The administrator lacks the permission");
    public static readonly ProblemKind NotFound = new("not_found", 404, "There is nothing here");
    public static readonly ProblemKind MethodNotAllowed = new("method_not_allowed", 405, "This method is not served here");
    public static readonly ProblemKind AlreadyExists = new("already_exists", 409, "There is an entry of this name");
    public static readonly ProblemKind InUse = new("in_use", 409, "Other entries use it");
    public static readonly ProblemKind Provisioned = new("provisioned", 409, "The entry is provisioned");
    public static readonly ProblemKind Immutable = new("immutable", 409, "This cannot be changed");
    public static readonly ProblemKind Conflict = new("conflict", 409, "Somebody else changed the entry");
    public static readonly ProblemKind LastAdministrator = new("last_administrator", 409, "Nobody else may manage Setup");
    public static readonly ProblemKind NotConfigured = new("principal_not_configured", 409, "The principal is not configured");
    public static readonly ProblemKind PreconditionFailed = new("precondition_failed", 412, "The entry is not what the request takes it for");
    public static readonly ProblemKind TooLarge = new("too_large", 413, "The body is too large");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported_media_type", 415, "The body is of a kind that is not read");
    public static readonly ProblemKind NotValid = new("not_valid", 422, "The catalog would not be valid");
    public static readonly ProblemKind PreconditionRequired = new("precondition_required", 428, "The request must say which revision it replaces");
    public static readonly ProblemKind SessionUnavailable = new("session_unavailable", 502, "No session could be obtained");
    public static readonly ProblemKind StoreUnavailable = new("store_unavailable", 503, "The database cannot be used");

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Malformed, NotPermitted, NotFound, MethodNotAllowed, AlreadyExists, InUse, Provisioned, Immutable, Conflict, LastAdministrator, NotConfigured, PreconditionFailed, TooLarge,
        UnsupportedMediaType, NotValid, PreconditionRequired, SessionUnavailable, StoreUnavailable,
    ];
}

/// <summary>A problem of one request.</summary>
/// <param name="kind">Why.</param>
/// <param name="detail">What happened and how to mend it. Never a secret.</param>
/// <param name="members">Writes what else there is to tell, inside the object; or null.</param>
internal sealed class ProblemException(ProblemKind kind, string detail, Action<Utf8JsonWriter>? members = null) : Exception(detail)
{
    public ProblemKind Kind => kind;

    public Action<Utf8JsonWriter>? Members => members;

    /// <summary>The methods that are served, where another was asked for.</summary>
    public string? Allow { get; init; }
}
