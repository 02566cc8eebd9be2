using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SigningProxy.Listeners;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>
/// The way in for the first administrator: a link in a file that only the proxy's own user can read. It works once, for ten minutes, and no
/// more once there is an administrator. Of its token no more is kept than a hash.
/// </summary>
internal sealed class SignInLink(
    AdministratorList administrators, SetupStore store, SetupListener listener, IOptions<SetupOptions> options, TimeProvider time, ILogger<SignInLink> logger) : IDisposable
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private byte[]? _hash;
    private DateTimeOffset _ends;
    private ITimer? _timer;

    /// <summary>Writes the link where there is no administrator; once Setup listens.</summary>
    /// <returns>The link, or null where there is none.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public string? Offer()
    {
        if (!administrators.IsEmpty())
            return null;
        var token = NewToken.Make();
        var link = $"{listener.Scheme}://{Host()}{SignInEndpoints.Link}?token={token}";
        var file = options.Value.LinkPath();
        try
        {
            // A new file, so that nobody has made it ready for us to write into.
            File.Delete(file);
            using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            stream.Write(Encoding.ASCII.GetBytes(link + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LinkNotWritten(logger, file, e.Message);
            return null;
        }
        lock (_lock)
        {
            (_hash, _ends) = (Hash(token), time.GetUtcNow() + Life);
            _timer = time.CreateTimer(_ => Withdraw(), null, Life, Timeout.InfiniteTimeSpan);
        }
        Log.LinkWritten(logger, file);
        return link;
    }

    /// <summary>Makes the first administrator.</summary>
    /// <param name="token">That of the link.</param>
    /// <param name="name">The administrator's, which has been judged.</param>
    /// <returns>The administrator with its new token; null where the link is void or another.</returns>
    /// <exception cref="StoreException">The database cannot be written to, or another replica made one at this moment; the link stays.</exception>
    public (KnownAdministrator Administrator, string Token)? Use(string token, string name)
    {
        lock (_lock)
        {
            if (_hash is null || time.GetUtcNow() >= _ends || !CryptographicOperations.FixedTimeEquals(Hash(token), _hash))
                return null;
            if (!administrators.IsEmpty())
            {
                Withdraw();
                return null;
            }
            var own = NewToken.Make();
            var first = new StoredAdministrator(name, 1, new AdministratorBody(SetupPermission.Manage, MadeToken.DigestOf(own), [], []).Text());
            var made = store.WriteAdministrator(null, first, judgedBeside: [], "one-time link", time.GetUtcNow())!;
            Withdraw();
            return (AdministratorBody.Read(made), own);
        }
    }

    public void Dispose() => Withdraw();

    private void Withdraw()
    {
        lock (_lock)
        {
            if (_hash is null)
                return;
            _hash = null;
            _timer?.Dispose();
            try
            {
                File.Delete(options.Value.LinkPath());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What it says is void.
            }
        }
    }

    private string Host()
    {
        var address = listener.Address;
        var host = address switch
        {
            { SocketPath: not null } or { Ip: null } => "localhost",
            { Ip: var ip } when ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) => options.Value.Hosts.FirstOrDefault() ?? "localhost",
            { Ip: var ip } => new IPEndPoint(ip, 0).ToString()[..^2],
        };
        return listener.Port is { } port ? $"{host}:{port}" : host;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
