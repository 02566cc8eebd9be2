using SigningProxy.Catalog;

namespace SigningProxy.Destinations;

/// <summary>A host leads to an address that the entry may not reach; nothing was sent.</summary>
internal sealed class RefusedAddressException(AddressReach reach) : IOException(
    reach == AddressReach.NoLocal
        ? "the host leads to a loopback, link-local or metadata address, which entries made in Setup may not reach"
        : "the host leads to a link-local or metadata address, which entries made in Setup may not reach");
