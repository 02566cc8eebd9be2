using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Configuration;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Configuration;

public sealed class CertificateWatchTests : IDisposable
{
    private static readonly DateTimeOffset Begin = MadeUpAuthority.Begin;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MadeUpAuthority _authority = new();
    private readonly ECDsa _key = ECDsa.Create();
    private readonly CurrentCatalog _current = new();
    private readonly AwaitedTime _time = new(Begin.AddDays(10));
    private readonly Lines _lines = new();

    public void Dispose()
    {
        _current.Dispose();
        _key.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Watch_TellsWhenACertificateComesNearDailyAndWhenItEnds()
    {
        _current.Publish(Catalog(1, Begin.AddDays(100)));
        using var watch = await StartAsync();

        // 65 days without a word.
        for (var day = 10; day < 75; day++)
            await DayPassesAsync();
        await TellsAsync("1007 Warning", "ends in 25 days, at 2026-04-11T00:00:00Z");
        for (var left = 24; left >= 2; left--)
        {
            await DayPassesAsync();
            await TellsAsync("1007 Warning", $"ends in {left} days, at 2026-04-11T00:00:00Z");
        }
        await DayPassesAsync();
        await TellsAsync("1007 Warning", "ends in 24 hours, at 2026-04-11T00:00:00Z");
        await DayPassesAsync();
        await TellsAsync("1008 Error", "has ended at 2026-04-11T00:00:00Z");
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Watch_WhenACatalogIsPublished_TellsAtOnce()
    {
        _current.Publish(Catalog(1, Begin.AddDays(100)));
        using var watch = await StartAsync();
        await _time.ArmedAsync();

        _current.Publish(Catalog(2, Begin.AddDays(12)));

        await TellsAsync("1007 Warning", "ends in 2 days, at 2026-01-13T00:00:00Z");
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Watch_MeasuresTheDaysThatCertificatesHave()
    {
        _current.Publish(Catalog(1, Begin.AddDays(100)));
        using var watch = await StartAsync();
        var measured = new List<(string Label, object? Name, double Days)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "signing_proxy.certificate.expiry")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, days, tags, _) => measured.Add((tags[0].Key, tags[0].Value, days)));
        listener.Start();

        listener.RecordObservableInstruments();
        _time.Advance(TimeSpan.FromDays(91));
        listener.RecordObservableInstruments();

        Assert.Equal([("external_credential", "E", 90), ("named_credential", "N", 90), ("external_credential", "E", -1), ("named_credential", "N", -1)], measured);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Next_IsTheNextChangeAndADayAtTheLatest()
    {
        CertificateLife[] lives = [new(Begin, Begin.AddDays(100)), new(Begin.AddHours(5), Begin.AddDays(8))];
        Assert.Equal(Begin.AddHours(5), CertificateWatch.Next(lives, Begin));
        Assert.Equal(Begin.AddHours(29), CertificateWatch.Next(lives, Begin.AddHours(5)));
        Assert.Equal(Begin.AddDays(8), CertificateWatch.Next(lives, Begin.AddDays(7.5)));
        Assert.Equal(Begin.AddDays(1), CertificateWatch.Next([], Begin));
    }

    private CatalogSnapshot Catalog(long revision, DateTimeOffset end)
    {
        var leaf = _authority.Leaf(_key, end);
        var credential = new ExternalCredential
        {
            Name = "E",
            Label = "E",
            Scope = new("eu-west-1", "s3"),
            Signing = SigningSettings.ForService("s3"),
            Variant = CredentialVariant.RolesAnywhere,
            DeclaredIn = "",
            RolesAnywhere = new RolesAnywhereSettings { Certificate = new SigningCertificate(leaf, []) },
            Principals = [],
        };
        var named = new NamedCredential
        {
            Name = "N",
            Label = "N",
            Url = new("https://example.com"),
            ExternalCredential = credential,
            ClientCertificate = new CertificateChain(leaf, []),
        };
        return new CatalogSnapshot(revision, [credential], [named], [], [], []);
    }

    private async Task<CertificateWatch> StartAsync()
    {
        var watch = new CertificateWatch(_current, _time, _lines);
        await watch.StartAsync(CancellationToken.None);
        return watch;
    }

    private async Task DayPassesAsync()
    {
        Assert.Equal(TimeSpan.FromDays(1), await _time.ArmedAsync());
        _time.Advance(TimeSpan.FromDays(1));
    }

    private async Task TellsAsync(string level, string what)
    {
        Assert.Equal($"{level}: External credential E: its certificate {what}", await _lines.NextAsync());
        Assert.Equal($"{level}: Named credential N: its certificate {what}", await _lines.NextAsync());
    }

    /// <summary>A clock that tells when somebody waits for it, and how long.</summary>
    private sealed class AwaitedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public async Task<TimeSpan> ArmedAsync() => await _waits.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    private sealed class Lines : ILogger<CertificateWatch>
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public async Task<string> NextAsync() => await _lines.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Writer.TryWrite($"{eventId.Id} {logLevel}: {formatter(state, exception)}");
    }
}
