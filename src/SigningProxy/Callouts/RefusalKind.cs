namespace SigningProxy.Callouts;

/// <summary>The reasons for which a request is refused; each has one stable code.</summary>
/// <param name="Code">Stable; for programs.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ErrorType">The name AWS SDKs show, as AWS services would call it.</param>
/// <param name="Title">The same for every refusal of the kind.</param>
internal sealed record RefusalKind(string Code, int Status, string ErrorType, string Title)
{
    public static readonly RefusalKind HostMissing = new("host_missing", 400, "ValidationException", "The request needs exactly one Host header");
    public static readonly RefusalKind HostNotAllowed = new("host_not_allowed", 403, "AccessDeniedException", "The Host is not one this proxy answers to");
    public static readonly RefusalKind CrossSite = new("cross_site", 403, "AccessDeniedException", "Calls from web pages of other sites are refused");
    public static readonly RefusalKind TargetMalformed = new("target_malformed", 400, "ValidationException", "The request target is malformed");
    public static readonly RefusalKind PathClimbs = new("path_climbs", 400, "ValidationException", "The path leads above its own root");
    public static readonly RefusalKind ReservedHeader = new("reserved_header", 400, "ValidationException", "An X-SigningProxy header came more than once");
    public static readonly RefusalKind CallerUnproved = new("caller_unproved", 401, "UnrecognizedClientException", "The caller did not prove who it is");
    public static readonly RefusalKind AccessDenied = new("access_denied", 403, "AccessDeniedException", "The callout couldn't access the endpoint");
    public static readonly RefusalKind CallerLimit = new("caller_limit", 429, "ThrottlingException", "The caller asks for too much at once");
    public static readonly RefusalKind CalloutsDisabled = new("callouts_disabled", 403, "AccessDeniedException", "The named credential is not enabled for callouts");
    public static readonly RefusalKind PrincipalNotConfigured = new("principal_not_configured", 503, "ServiceUnavailableException", "The principal is not configured");
    public static readonly RefusalKind SessionUnavailable = new("session_unavailable", 503, "ServiceUnavailableException", "The principal has no session now");
    public static readonly RefusalKind ChunkedPayload = new("chunked_payload", 501, "NotImplementedException", "Bodies in signed or trailing chunks are not supported by this version");
    public static readonly RefusalKind ContentSha256Malformed = new("content_sha256_malformed", 400, "ValidationException", "X-Amz-Content-Sha256 is malformed");
    public static readonly RefusalKind ContentSha256Mismatch = new("content_sha256_mismatch", 400, "XAmzContentSHA256Mismatch", "The body does not have the hash the request gave");
    public static readonly RefusalKind BodyIncomplete = new("body_incomplete", 400, "ValidationException", "The body ended before it was whole");
    public static readonly RefusalKind BodyTooLarge = new("body_too_large", 413, "RequestEntityTooLargeException", "The body is too large to be hashed here");
    public static readonly RefusalKind BodyCapacity = new("body_capacity", 503, "ServiceUnavailableException", "Too many bodies are being held at once");
    public static readonly RefusalKind CatalogChanged = new("catalog_changed", 503, "ServiceUnavailableException", "The catalog changed under the request");
    public static readonly RefusalKind SigningFailed = new("signing_failed", 502, "InternalFailure", "The request could not be signed");
    public static readonly RefusalKind NoDestination = new("no_destination", 503, "ServiceUnavailableException", "No destination is available");
    public static readonly RefusalKind DestinationUnreachable = new("destination_unreachable", 502, "ServiceUnavailableException", "The destination could not be reached");
    public static readonly RefusalKind DestinationTimeout = new("destination_timeout", 504, "RequestTimeoutException", "The destination did not answer in time");
    public static readonly RefusalKind OperatorUnproved = new("operator_unproved", 401, "UnauthorizedException", "This needs an operator's proof");
    public static readonly RefusalKind AdministratorUnproved = new("administrator_unproved", 401, "UnauthorizedException", "This needs an administrator's proof");
    public static readonly RefusalKind TooManyAttempts = new("too_many_attempts", 429, "ThrottlingException", "It was tried too often to sign in");
    public static readonly RefusalKind CsrfUnproved = new("csrf_unproved", 403, "AccessDeniedException", "The request did not come from a page of Setup");
    public static readonly RefusalKind LinkVoid = new("link_void", 403, "AccessDeniedException", "The one-time link is void");
    public static readonly RefusalKind NotFound = new("not_found", 404, "ResourceNotFoundException", "There is nothing here");
    public static readonly RefusalKind Malformed = new("malformed", 400, "ValidationException", "The request cannot be read");
    public static readonly RefusalKind NotValid = new("not_valid", 422, "ValidationException", "What was sent is not valid");
    public static readonly RefusalKind MethodNotAllowed = new("method_not_allowed", 405, "ValidationException", "This cannot be done here");
    public static readonly RefusalKind StoreUnavailable = new("store_unavailable", 503, "ServiceUnavailableException", "The database of Setup cannot be used now");
    public static readonly RefusalKind InternalError = new("internal_error", 500, "InternalFailure", "The proxy failed");

    public static IReadOnlyList<RefusalKind> All { get; } =
    [
        HostMissing, HostNotAllowed, CrossSite, TargetMalformed, PathClimbs, ReservedHeader, CallerUnproved, AccessDenied, CallerLimit, CalloutsDisabled, PrincipalNotConfigured,
        SessionUnavailable, ChunkedPayload, ContentSha256Malformed, ContentSha256Mismatch, BodyIncomplete, BodyTooLarge, BodyCapacity, CatalogChanged,
        SigningFailed, NoDestination, DestinationUnreachable, DestinationTimeout, OperatorUnproved, AdministratorUnproved, TooManyAttempts, CsrfUnproved,
        LinkVoid, NotFound, Malformed, NotValid, MethodNotAllowed, StoreUnavailable, InternalError,
    ];
}
