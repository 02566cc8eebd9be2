using k8s;
using k8s.Models;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Deploy;

public sealed class DeployTests
{
    [Fact]
    public void Kubernetes_ReadStrictly_HoldsACatalogThatLoads()
    {
        var entries = KubernetesYaml.LoadAllFromString(File.ReadAllText(RepositoryRoot.Find("deploy", "kubernetes", "sidecar.yaml")), strict: true);

        var catalog = Assert.Single(entries.OfType<V1ConfigMap>()).Data["catalog.yaml"];
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "catalog.yaml");
            File.WriteAllText(path, catalog);
            var load = new CatalogLoader(path).Load(lastGood: null);
            Assert.Empty(load.Faults);
            Assert.Contains("Orders", load.Snapshot!.NamedCredentials.Keys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Kubernetes_Sidecar_IsNativeAndHoldsNothingItNeedsNot()
    {
        var entries = KubernetesYaml.LoadAllFromString(File.ReadAllText(RepositoryRoot.Find("deploy", "kubernetes", "sidecar.yaml")), strict: true);

        var pod = Assert.Single(entries.OfType<V1Deployment>()).Spec.Template.Spec;
        var proxy = Assert.Single(pod.InitContainers);
        Assert.Equal("Always", proxy.RestartPolicy);
        Assert.True(proxy.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(proxy.SecurityContext.AllowPrivilegeEscalation);
        Assert.All([proxy.StartupProbe, proxy.ReadinessProbe, proxy.LivenessProbe], probe => Assert.Equal("health", probe.Exec.Command[1]));
    }

    [Fact]
    public void Compose_ItsCatalog_Loads()
    {
        var load = new CatalogLoader(RepositoryRoot.Find("deploy", "demo", "catalog.yaml")).Load(lastGood: null);

        Assert.Empty(load.Faults);
        Assert.Empty(Assert.Single(load.Snapshot!.ExternalCredentials.Values.Single().Principals).Missing);
    }
}
