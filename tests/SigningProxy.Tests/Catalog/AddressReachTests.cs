using System.Net;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Catalog;

public sealed class AddressReachTests
{
    public static TheoryData<string> Local =>
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::", "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "::ffff:0.0.0.0", "64:ff9b::7f00:1", "64:ff9b::127.0.0.1",
        "64:ff9b:1::127.0.0.1", "64:ff9b:1:7f00:0:100::", "2002:7f00:1::", "2002:7f00:0001:1::1", "2001:0:7f00:1::1", "2001:0:808:808:0:0:80ff:fffe", "2001:db8::5efe:127.0.0.1", "2001:db8::200:5efe:7f00:1",
    ];

    public static TheoryData<string> Metadata =>
    [
        "169.254.169.254", "169.254.0.0", "169.254.170.2", "169.254.170.23", "169.254.255.255", "fe80::1", "fe80::1%2", "febf::1", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "100.100.100.200", "168.63.129.16",
        "192.0.0.192", "::ffff:169.254.169.254", "::169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "64:ff9b:1:a9fe:a9:fe00::", "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::1", "2001:0:808:808::5601:5601", "::ffff:100.100.100.200", "2002:6464:64c8::",
    ];

    public static TheoryData<string> Elsewhere =>
    [
        "8.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.253.255.255", "169.255.0.0", "126.255.255.255", "128.0.0.1", "100.100.100.201", "1.0.0.0", "2001:db8::1", "fd00:ec2::253", "fec0::1", "fd00::1", "::ffff:10.0.0.1",
        "64:ff9b::808:808", "2002:808:808::1", "2001:0:808:808::f7f7:f7f7", "2600:1f14::1", "2001:db8:7f00:1::1", "2001:db8::7f00:1",
    ];

    [Theory]
    [MemberData(nameof(Local))]
    public void Allows_TheMachineItself_OnlyWhereItMay(string address)
    {
        Assert.False(AddressReach.NoLocal.Allows(IPAddress.Parse(address)), address);
        Assert.True(AddressReach.NoMetadata.Allows(IPAddress.Parse(address)), address);
        Assert.True(AddressReach.Everywhere.Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [MemberData(nameof(Metadata))]
    public void Allows_WhatTellsAMachineOfItself_OnlyToProvisionedEntries(string address)
    {
        Assert.False(AddressReach.NoLocal.Allows(IPAddress.Parse(address)), address);
        Assert.False(AddressReach.NoMetadata.Allows(IPAddress.Parse(address)), address);
        Assert.True(AddressReach.Everywhere.Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Allows_AllElse(string address) => Assert.True(AddressReach.NoLocal.Allows(IPAddress.Parse(address)), address);

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("LOCALHOST.", false)]
    [InlineData("a.localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("[::ffff:7f00:1]", false)]
    [InlineData("2130706433", false)]
    [InlineData("0177.0.0.1", false)]
    [InlineData("0x7f.1", false)]
    [InlineData("127.1", false)]
    [InlineData("localhost.example.com", true)]
    [InlineData("sqs.eu-west-1.amazonaws.com", true)]
    public void AllowsText_JudgesWhatIsWritten(string host, bool allowed) => Assert.Equal(allowed, AddressReach.NoLocal.AllowsText(host));
}
