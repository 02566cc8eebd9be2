using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>
/// Protects what a browser keeps for Setup, with keys of ASP.NET's Data Protection that live in the database, sealed: so it outlasts a restart,
/// and every replica reads it. In services of its own: YARP protects other cookies with keys that nobody keeps.
/// </summary>
internal sealed class ProtectionKeys(SetupStore store) : IDisposable
{
    private const string Application = "signing-proxy setup";

    private readonly Lock _lock = new();
    private Ring? _ring;

    /// <exception cref="StoreException">There is no key yet, and the database cannot be read or written to.</exception>
    public byte[] Protect(byte[] text, string purpose)
    {
        try
        {
            return Current().Protector(purpose).Protect(text);
        }
        catch (CryptographicException e) when (e.InnerException is StoreException cause)
        {
            throw new StoreException("there is no key for what browsers keep", "Look into the database.", cause);
        }
    }

    /// <summary>The text, or null: it was protected with none of the keys or for another purpose, or was altered.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public byte[]? Unprotect(byte[] whole, string purpose)
    {
        var ring = Current();
        // Another replica may have made a key since these were read.
        return Unprotect(ring, whole, purpose) ?? (Newer(ring) is { } newer ? Unprotect(newer, whole, purpose) : null);
    }

    public void Dispose() => _ring?.Dispose();

    private static byte[]? Unprotect(Ring ring, byte[] whole, string purpose)
    {
        try
        {
            return ring.Protector(purpose).Unprotect(whole);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Ring Current()
    {
        lock (_lock)
            return _ring ??= new Ring(store);
    }

    private Ring? Newer(Ring seen)
    {
        lock (_lock)
        {
            // One that is given up may be in use, and holds nothing but memory.
            if (_ring == seen && store.ProtectionKeys().Count > seen.Keys.Count)
                _ring = new Ring(store);
            return _ring == seen ? null : _ring;
        }
    }

    private sealed class Ring : IDisposable
    {
        private readonly ServiceProvider _services;
        private readonly IDataProtectionProvider _provider;

        public Ring(SetupStore store)
        {
            Keys = new StoredKeys(store);
            var services = new ServiceCollection();
            services.AddDataProtection(o => o.ApplicationDiscriminator = Application);
            services.Configure<KeyManagementOptions>(o => o.XmlRepository = Keys);
            _services = services.BuildServiceProvider();
            _provider = _services.GetRequiredService<IDataProtectionProvider>();
        }

        public StoredKeys Keys { get; }

        public IDataProtector Protector(string purpose) => _provider.CreateProtector(purpose);

        public void Dispose() => _services.Dispose();
    }

    /// <summary>The database as Data Protection sees it. It needs no encryptor: the store seals what it is given.</summary>
    private sealed class StoredKeys(SetupStore store) : IXmlRepository
    {
        /// <summary>How many keys have been seen.</summary>
        public int Count { get; private set; }

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            var all = store.ProtectionKeys();
            Count = all.Count;
            return [.. all.Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName) => store.AddProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}
