namespace SigningProxy.Setup.Api;

/// <summary>The way of callouts through the proxy, for calls that come by no listener.</summary>
internal sealed class TestCallWay
{
    private RequestDelegate? _way;

    /// <summary>Lets test calls go from here on, where Setup is on. Other requests do not see it.</summary>
    public static void Begin(IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<TestCallWay>() is { } way)
            app.Use(next => way._way = next);
    }

    public Task GoAsync(HttpContext context) => _way!(context);
}
