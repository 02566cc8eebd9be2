using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Misbehaviour;
using SigningProxy.LocalAws.RolesAnywhere;
using SigningProxy.LocalAws.Sessions;
using SigningProxy.LocalAws.Sts;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>The whole stand-in without its listener: for each request the part it is for, verification, faults, log and counts.</summary>
internal sealed class StandIn
{
    private readonly Dictionary<LocalTarget, IService> _services;

    /// <exception cref="ArgumentException">Two keys, roles, profiles, trust anchors or issuers have the same name.</exception>
    public StandIn(LocalAwsOptions options)
    {
        Clock = new(options.TimeProvider);
        Sessions = new(Clock, Counts);
        var keys = options.Keys.ToDictionary(key => key.AccessKeyId, StringComparer.Ordinal);
        var verifier = new SignatureVerifier(id => keys.GetValueOrDefault(id) ?? Sessions.Find(id)?.Key, options.UnsignedPayload, Clock);
        _services = new()
        {
            [LocalTarget.Destinations] = new SignedDestinations(verifier, Clock),
            [LocalTarget.Sts] = new StsService(options, verifier, Sessions, Clock),
            [LocalTarget.RolesAnywhere] = new RolesAnywhereService(options, Sessions, Clock),
        };
    }

    public RequestLog Log { get; } = new();

    public RequestCounts Counts { get; } = new();

    public SkewedClock Clock { get; }

    public SessionStore Sessions { get; }

    public Switches Switches { get; } = new();

    /// <summary>Undoes every switch but revocation.</summary>
    public void Reset()
    {
        Switches.Reset();
        Clock.Skew = TimeSpan.Zero;
    }

    /// <summary>Answers a request. Nothing unverified reaches a destination.</summary>
    public Answer Serve(ReceivedRequest request, LocalTarget target)
    {
        Counts.Add(counts => Arrived(counts, request, target));
        var service = _services[target];
        var outcome = service.Verify(request);
        var refused = outcome as Refused;
        var fault = Switches.TakeFault(target);
        if (target == LocalTarget.Destinations && (refused is not null || fault is not null))
        {
            Counts.Add(counts => counts with { DestinationRefusals = counts.DestinationRefusals + 1 });
        }

        var spoken = target switch
        {
            LocalTarget.Sts => "sts",
            LocalTarget.RolesAnywhere => X509SignatureVerifier.Service,
            _ => ClaimedService.Of(request),
        };
        var answer = fault is not null ? FaultAnswer.Of(fault, spoken)
            : refused is not null ? RefusalAnswer.Of(refused, spoken)
            : service.Serve(request, outcome as Verified);
        var accessKeyId = (outcome as Verified)?.AccessKeyId ?? refused?.AccessKeyId;
        Log.Add(new(request.Method, Redaction.Target(request.RawTarget), accessKeyId, outcome is Verified, answer.Code, request.Single("host"))
        {
            Target = target,
            Status = answer.Status,
            BodyLength = request.Body.Length,
            BodySha256 = request.BodySha256,
        });
        return answer;
    }

    /// <summary>Notes a request whose body broke off: it did reach the destination.</summary>
    public void NoteBroken(ReceivedRequest request, LocalTarget target)
    {
        Counts.Add(counts => Arrived(counts, request, target));
        Log.Add(new(request.Method, Redaction.Target(request.RawTarget), null, false, "IncompleteBody", request.Single("host")) { Target = target });
    }

    private static LocalCounts Arrived(LocalCounts counts, ReceivedRequest request, LocalTarget target) => target switch
    {
        LocalTarget.Destinations => counts with { DestinationRequests = counts.DestinationRequests + 1 },
        LocalTarget.RolesAnywhere => counts with { RolesAnywhereCalls = counts.RolesAnywhereCalls + 1 },
        _ => StsForm.Of(request).Action switch
        {
            StsForm.AssumeRole => counts with { AssumeRoleCalls = counts.AssumeRoleCalls + 1 },
            StsForm.WebIdentity => counts with { WebIdentityCalls = counts.WebIdentityCalls + 1 },
            _ => counts,
        },
    };
}
