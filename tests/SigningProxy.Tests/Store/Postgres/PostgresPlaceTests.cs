using SigningProxy.Store;

namespace SigningProxy.Tests.Store.Postgres;

public sealed class PostgresPlaceTests
{
    [Theory]
    [InlineData("postgres://proxy@db.example.com/setup?sslmode=verify-full")]
    [InlineData("postgresql://proxy@db.example.com:5433/setup?sslmode=verify-full&Application%20Name=x")]
    [InlineData("Host=db.example.com;Username=proxy;Database=setup;SSL Mode=VerifyFull")]
    [InlineData("postgres://proxy@127.0.0.1/setup")]
    [InlineData("postgres://proxy@[::1]:5432/setup")]
    [InlineData("host=localhost;Username=proxy")]
    [InlineData("Host=/run/postgresql;Username=proxy")]
    public void Faults_OfWhatIsGood_AreNone(string text)
    {
        Assert.True(new StorePlace(text).IsPostgres);
        Assert.Empty(new StorePlace(text).Faults());
    }

    [Theory]
    [InlineData("postgres://proxy:hunter2@db.example.com/setup?sslmode=verify-full", "a password must not stand in the settings")]
    [InlineData("Host=localhost;Username=proxy;Password=hunter2", "a password must not stand in the settings")]
    [InlineData("postgres://proxy@localhost/setup?password=hunter2", "a password must not stand in the settings")]
    [InlineData("postgres://proxy@db.example.com/setup", "is reached by TLS alone")]
    [InlineData("postgres://proxy@db.example.com/setup?sslmode=require", "is reached by TLS alone")]
    [InlineData("postgres://proxy@db.example.com/setup?sslmode=verify-ca", "is reached by TLS alone")]
    [InlineData("Host=127.0.0.1,db.example.com;Username=proxy", "is reached by TLS alone")]
    [InlineData("postgres://db.example.com/setup?sslmode=verify-full", "the host or the user is missing")]
    [InlineData("postgres://proxy@localhost/setup?hunter2=1", "this is not how a PostgreSQL is reached")]
    [InlineData("postgres://proxy@localhost/setup?sslmode=hunter2", "this is not how a PostgreSQL is reached")]
    [InlineData("postgres://proxy@localhost/setup?hunter2", "this is not how a PostgreSQL is reached")]
    [InlineData("postgres://", "the host or the user is missing")]
    [InlineData("Host=localhost;hunter2=x", "this is not how a PostgreSQL is reached")]
    public void Faults_OfWhatIsNot_TellTheRule_AndNothingThatWasWritten(string text, string rule)
    {
        var fault = Assert.Single(new StorePlace(text).Faults());
        Assert.StartsWith("Database: ", fault, StringComparison.Ordinal);
        Assert.Contains(rule, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_TellOfAPasswordThatNobodyUses()
    {
        Assert.Contains("a file takes no password", Assert.Single(new StorePlace("/var/lib/x/setup.db") { PasswordEnv = "X" }.Faults()), StringComparison.Ordinal);
        Assert.Contains("Name one of them", Assert.Single(new StorePlace("postgres://a@localhost/x") { PasswordEnv = "X", PasswordFile = "y" }.Faults()), StringComparison.Ordinal);
        Assert.False(new StorePlace("/var/lib/Host=/setup.db").IsPostgres);
    }
}
