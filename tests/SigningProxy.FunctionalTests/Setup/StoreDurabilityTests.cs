using System.Diagnostics;
using System.Globalization;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>What was acknowledged stays, and what was not leaves no half, whatever ends the writing.</summary>
public sealed class StoreDurabilityTests(ITestOutputHelper output)
{
    private const int Rounds = 50;
    private const int Together = 20;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Import_KilledAtRandomMoments_LosesNothingThatWasAcknowledged()
    {
        using var folder = await SetupFolder.CreateAsync();
        var clock = Stopwatch.StartNew();
        await folder.ImportAsync(Profiles(0));
        var whole = clock.Elapsed;
        var random = new Random(20260101);
        var (acknowledged, killed) = (new List<int> { 0 }, 0);

        clock.Restart();
        var round = 0;
        while (round < Rounds && clock.Elapsed < Bound)
        {
            round++;
            var file = await folder.WriteAsync(Profiles(round));
            using var import = Process.Start(new ProcessStartInfo(ProxyProcess.Binary, ["catalog", "import", file, "--catalog", folder.Catalog, .. folder.Settings]) { RedirectStandardOutput = true })!;
            var told = import.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            // Mostly about the time of the writing, which is near the end.
            await Task.WhenAny(import.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(whole * (0.3 + (random.NextDouble() * 0.9)), TestContext.Current.CancellationToken));
            if (!import.HasExited)
            {
                import.Kill();
                killed++;
            }
            else
                whole *= 0.9; // The first may have been slow: later ones end sooner than was reckoned.
            if ((await told).Contains("entries changed.", StringComparison.Ordinal))
                acknowledged.Add(round);
        }

        var there = (await folder.ProfilesAsync()).GroupBy(name => int.Parse(name.Split('_')[1], CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Count());
        Figures.Tell(output, string.Create(CultureInfo.InvariantCulture, $"{round} imports of {Together} entries, {killed} killed, {acknowledged.Count - 1} acknowledged, {there.Count - 1} in the store"));
        Assert.All(acknowledged, r => Assert.Equal(Together, there.GetValueOrDefault(r)));
        Assert.All(there.Values, count => Assert.Equal(Together, count));
        Assert.True(killed > 0, "No import was killed.");
    }

    [Theory]
    [InlineData("", "is full")]
    [InlineData("mount -o remount,ro $ROOM &&", "cannot be")]
    public async Task Import_WhereNothingCanBeWritten_SaysSo_AndLosesNothing(string before, string why)
    {
        Assert.SkipUnless((await Shell.RunAsync("unshare -m true")).ExitCode == 0, "Needs the right to mount.");
        using var folder = await SetupFolder.CreateAsync();
        var (room, command) = (Directory.CreateDirectory(folder.File("room")).FullName, "\"$PROXY\" catalog");
        var settings = $"--catalog {folder.Catalog} --set SigningProxy:Setup:Database={room}/store/setup.db --set SigningProxy:Setup:MasterKeyFile={folder.File("master.key")}";
        var (small, large) = (await folder.WriteAsync(Profiles(1)), await folder.WriteAsync(Profiles(2, 2000)));

        var outcome = await Shell.RunAsync(
            $"export ROOM={room}; unshare -m sh -c 'mount -t tmpfs -o size=300k none $ROOM && {command} import {small} {settings} && {before} "
            + $"{{ {command} import {large} {settings}; echo exit $?; mount -o remount,rw,size=10m $ROOM; {command} export {settings}; }}'");

        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("exit 0", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(Together, outcome.Output.Split("- name: P_1_").Length - 1);
        Assert.DoesNotContain("P_2_", outcome.Output.Split("exit ")[1], StringComparison.Ordinal);
    }

    private static string Profiles(int round, int count = Together) => string.Create(
        CultureInfo.InvariantCulture, $"profiles: [{string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{name: P_{round}_{i}, label: {new string('x', 60)}, principals: []}}"))}]");
}
