using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Misbehaviour;

/// <summary>A fault that was asked for, in the form of the service that was called.</summary>
internal static class FaultAnswer
{
    public static Answer Of(LocalFault fault, string? service) => fault switch
    {
        { Code: { } code } => ErrorAnswer.Of(ServiceRules.For(service).Errors, fault.Status, code, fault.Message ?? ""),
        { Message: { } message } => ErrorAnswer.OfMessage(fault.Status, message),
        _ => Answer.Empty with { Status = fault.Status },
    };
}
