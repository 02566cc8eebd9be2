namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Every rule that a form can break: what is filled in, the field that the rule is of, and how it begins.</summary>
/// <remarks>
/// A form is filled in well but for what stands here, NAME=TEXT with <c>&amp;</c> between. Of what the browser cannot know: LONG, PEM, and the ports SETUP and TAKEN.
/// </remarks>
internal static class FormFaultCases
{
    private const string Role = "arn:aws:iam::123456789012:role/x";
    private const string Anchor = "arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef";
    private const string OtherProfile = "arn:aws:rolesanywhere:eu-west-2:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef";
    private const string Sts = "~sts=true&~credentialType=AssumeRole";
    private const string Anywhere = "~sts=true&~credentialType=RolesAnywhere";
    private const string HeaderName = "name must be a header name: letters, digits";
    public const string Taken = "There is one of this name already";
    private const string BadName = "name must begin with a letter";
    private const string BadLabel = "label must have 1 to 80 characters";
    private const string NoFile = "refers to a file that entries made in Setup may not read";

    /// <summary>What is filled in well, by the form's path.</summary>
    public static IReadOnlyDictionary<string, string> Good { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/new/external-credentials"] = "label=L&name=New&service=s3&region=eu-west-1",
        ["/new/external-credentials/Own/principals"] = "name=New&sequenceNumber=9",
        ["/new/external-credentials/Role/principals"] = $"name=New&sequenceNumber=9&roleArn={Role}",
        ["/new/named-credentials"] = "label=L&name=New&url=https://a.example.com&externalCredential=Own",
        ["/new/certificates"] = "name=New&content=PEM",
        ["/new/permission-sets"] = "name=New&callers=local&principals=Own-P",
        ["/new/profiles"] = "name=New&principals=Own-P",
        ["/new/callers"] = "name=New&proofs/0/~kind=token&proofs/0/token=0123456789abcdef-of-new",
    };

    public static IReadOnlyList<(string Path, string Filled, string Field, string Rule)> OfFields { get; } =
    [
        .. Of("/new/external-credentials",
            ("label=", "label", "label is missing"), ("label=LONG", "label", BadLabel), ("name=", "name", "name is missing"), ("name=a__b", "name", BadName), ("name=oWN", "name", Taken), ("name=Given", "name", Taken),
            ("authenticationProtocol=Other", "authenticationProtocol", "authenticationProtocol does not know"), ("service=", "service", "service is missing"), ("service=Dynamo DB", "service", "service must be an AWS signing name"),
            ("region=", "region", "region is missing"), ("region=US West", "region", "region must be one region"), ("authenticationProtocol=AwsSignatureV4a&region=a,,b", "region", "region must be a region set"),
            ("awsAccountId=12", "awsAccountId", "awsAccountId must have 12 digits"), ("~sts=true&~credentialType=Other", "~sts", "variant does not know"),
            ($"{Sts}&authenticationProtocol=AwsSignatureV4a&region=*", "region", "sts needs a region of its own"),
            ($"{Sts}&authenticationProtocol=AwsSignatureV4a&region=*&sts/externalId=abc", "sts/region", "sts needs a region of its own"), ($"{Sts}&sts/region=EU West", "sts/region", "region must be one region"),
            ($"{Sts}&sts/accessKey=short", "sts/accessKey", "accessKey leads to a text that is no access key id"), ($"{Sts}&sts/accessKey= ", "sts/accessKey", "accessKey is blank"), ($"{Sts}&sts/accessSecret= ", "sts/accessSecret", "accessSecret is blank"),
            ($"{Sts}&sts/externalId=no spaces", "sts/externalId", "externalId must have 2 to 1224 characters"), ($"{Sts}&sts/source=WebIdentity&sts/externalId=abc", "sts/externalId", "externalId is no parameter of AssumeRoleWithWebIdentity"),
            ($"{Sts}&sts/durationSeconds=12", "sts/durationSeconds", "durationSeconds must be 900 to 43200"), ($"{Sts}&sts/durationSeconds=x", "sts/durationSeconds", "durationSeconds must be a whole number"),
            ($"{Sts}&sts/source=Principal&sts/principal=Own-P&sts/durationSeconds=43200", "sts/durationSeconds", "durationSeconds may be at most 3600"),
            ($"{Sts}&additionalStatusCodesForTokenRefresh=200", "additionalStatusCodesForTokenRefresh", "additionalStatusCodesForTokenRefresh must list codes"),
            ($"{Sts}&additionalStatusCodesForTokenRefresh=x", "additionalStatusCodesForTokenRefresh", "additionalStatusCodesForTokenRefresh[0] must be a whole number"),
            ($"{Sts}&sts/source=Somebody", "sts/source", "source does not know"), ($"{Sts}&sts/source=Ambient", "sts/source", "source Ambient is not allowed"), ($"{Sts}&sts/source=WebIdentity", "sts/source", "source WebIdentity is not allowed"),
            ($"{Sts}&sts/source=WebIdentity&sts/webIdentityTokenFile=/x", "sts/webIdentityTokenFile", $"webIdentityTokenFile {NoFile}"),
            ($"{Sts}&sts/source=Principal&sts/principal=Nobody-X", "sts/principal", "principal names \"Nobody-X\", which is not declared"), ($"{Sts}&sts/source=Principal&sts/principal=Given-P", "sts/principal", "a provisioned principal assumes no role"),
            ($"{Sts}&sts/endpoint=nowhere", "sts/endpoint", "endpoint must be an absolute URL"), ($"{Sts}&sts/endpoint=http://a.example.com", "sts/endpoint", "endpoint may be plain http only to a loopback"),
            ($"{Sts}&sts/endpoint=https://169.254.169.254", "sts/endpoint", "endpoint leads to a loopback, link-local or metadata address"),
            ($"{Anywhere}&rolesAnywhere/trustAnchorArn=arn:x", "rolesAnywhere/trustAnchorArn", "trustAnchorArn is not the ARN of a Roles Anywhere trust anchor"),
            ($"{Anywhere}&rolesAnywhere/profileArn=arn:x", "rolesAnywhere/profileArn", "profileArn is not the ARN of a Roles Anywhere profile"),
            ($"{Anywhere}&rolesAnywhere/trustAnchorArn={Anchor}&rolesAnywhere/profileArn={OtherProfile}", "rolesAnywhere/profileArn", "profileArn is of another region or partition"),
            ($"{Anywhere}&rolesAnywhere/durationSeconds=12", "rolesAnywhere/durationSeconds", "durationSeconds must be 900 to 43200"), ($"{Anywhere}&rolesAnywhere/endpoint=nowhere", "rolesAnywhere/endpoint", "endpoint must be an absolute URL"),
            ($"{Anywhere}&rolesAnywhere/certificate/content=PEM&rolesAnywhere/certificate/file=/x", "rolesAnywhere/certificate/content", "content stands beside a file"),
            ($"{Anywhere}&rolesAnywhere/certificate/content= ", "rolesAnywhere/certificate/content", "content is blank"), ($"{Anywhere}&rolesAnywhere/certificate/content=PEM&rolesAnywhere/certificate/password= ", "rolesAnywhere/certificate/password", "password is blank"),
            ($"{Anywhere}&rolesAnywhere/certificate/file=/x", "rolesAnywhere/certificate/file", $"file {NoFile}"), ($"{Anywhere}&rolesAnywhere/certificate/password=p", "rolesAnywhere/certificate/file", "file is missing"),
            ($"{Anywhere}&rolesAnywhere/certificate/file=/x&rolesAnywhere/certificate/keyFile=/y", "rolesAnywhere/certificate/keyFile", $"keyFile {NoFile}"),
            ("signing/pathEncoding=thrice", "signing/pathEncoding", "pathEncoding does not know"), ("signing/normalizePath=x", "signing/normalizePath", "normalizePath does not know"),
            ("signing/contentSha256Header=x", "signing/contentSha256Header", "contentSha256Header does not know"), ("signing/sessionTokenMode=x", "signing/sessionTokenMode", "sessionTokenMode does not know")),
        .. Of("/new/external-credentials", CustomHeaders), .. Of("/new/named-credentials", CustomHeaders),
        .. Of("/new/external-credentials/Own/principals",
            ("name=", "name", "name must have 1 to 80 characters"), ("name= a", "name", "name must have 1 to 80 characters"), ("name=P", "name", Taken), ("identityType=PerUser", "identityType", "identityType does not know"),
            ("sequenceNumber=", "sequenceNumber", "sequenceNumber is missing"), ("sequenceNumber=0", "sequenceNumber", "sequenceNumber must be a whole number of 1 or more"), ("sequenceNumber=x", "sequenceNumber", "sequenceNumber must be a whole number"),
            ("sequenceNumber=1", "sequenceNumber", "sequenceNumber 1 is also that of principal P"), ("accessKey=short", "accessKey", "accessKey leads to a text that is no access key id"), ("accessKey= ", "accessKey", "accessKey is blank"),
            ("accessSecret= ", "accessSecret", "accessSecret is blank"), ("sessionToken= ", "sessionToken", "sessionToken is blank"), ($"roleArn={Role}", "roleArn", "roleArn belongs to the variants AssumeRole and RolesAnywhere")),
        .. Of("/new/external-credentials/Role/principals",
            ("roleArn=x", "roleArn", "roleArn is not the ARN of an IAM role"), ($"roleArn={Role.Replace("123456789012", "210987654321", StringComparison.Ordinal)}", "roleArn", "roleArn is of another account than awsAccountId")),
        .. Of("/external-credentials/Role/edit", ("sts/source=Principal&sts/principal=Chained-C", "sts/principal", "principal \"Chained-C\" leads in a circle")),
        .. Of("/external-credentials/Anywhere/edit", ("rolesAnywhere/certificate/content=no certificate", "rolesAnywhere/certificate/content", "the file content is neither")),
        .. Of("/new/named-credentials",
            ("label=", "label", "label is missing"), ("label=LONG", "label", BadLabel), ("name=", "name", "name is missing"), ("name=1a", "name", BadName), ("name=Ported", "name", Taken),
            ("url=", "url", "url is missing"), ("url=no url", "url", "url must be an absolute URL"), ("url=http://a.example.com", "url", "url may be plain http only to a loopback"), ("url=https://u:p@a.example.com", "url", "url must have no user name or password"),
            ("url=https://a.example.com/?q", "url", "url must have no query and no fragment"), ("url=https://a.example.com/%2", "url", "url has a % in its path"), ("url=https://a.example.com/a%2fb", "url", "url has an encoded slash"),
            ("url=https://a.example.com/%2e%2e/b", "url", "url has a dot segment"), ("url=https://a.example.com/%41", "url", "url has a path that is not in its plain form"), ("url=https://169.254.169.254", "url", "url leads to a loopback, link-local or metadata address"),
            ("externalCredential=Given", "url", "the provisioned external credential Given does not serve this host"), ("externalCredential=", "externalCredential", "externalCredential is missing"), ("externalCredential=Nobody", "externalCredential", "externalCredential names \"Nobody\""),
            ("clientCertificate=Nobody", "clientCertificate", "clientCertificate names \"Nobody\""), ("clientCertificate=GivenClient", "clientCertificate", "the provisioned certificate serves provisioned named credentials alone"),
            ("allowMergeFieldsInHeader=true&customHeaders/0/name=X-A&customHeaders/0/value={!$Caller.Nmae}", "customHeaders/0/value", "value holds the unknown merge field"),
            ("callerHeaders/remove=A b", "callerHeaders/remove", "remove must name a header that callers send"), ("callerHeaders/keepAs/0/name=A b&callerHeaders/keepAs/0/as=B", "callerHeaders/keepAs/0/name", "name must name a header that callers send"),
            ("callerHeaders/keepAs/0/as=B", "callerHeaders/keepAs/0/name", "name is missing"), ("callerHeaders/keepAs/0/name=A", "callerHeaders/keepAs/0/as", "as is missing"), ("callerHeaders/keepAs/0/name=A&callerHeaders/keepAs/0/as=Host", "callerHeaders/keepAs/0/as", "as Host is set by the signer"),
            ("callerHeaders/keepAs/0/name=A&callerHeaders/keepAs/0/as=B&callerHeaders/keepAs/1/name=a&callerHeaders/keepAs/1/as=C", "callerHeaders/keepAs/1/name", "another entry of keepAs has this name"),
            ("signHost=https://a", "signHost", "signHost must be a host"), ("signHost=a.example.com", "signHost", "signHost is not allowed to entries made in Setup"), ("listen=0", "listen", "listen must be a port of 1 to 65535"), ("listen=x", "listen", "listen must be a whole number"),
            ("listen=TAKEN", "listen", "listen TAKEN is also the port of named credential Ported"), ("listen=SETUP", "listen", "listen SETUP is also the port of SigningProxy:Setup:Listen"), ("allowPlainHttp=true", "allowPlainHttp", "allowPlainHttp is not allowed"),
            ("certificateAuthorities/file=/x", "certificateAuthorities/file", $"file {NoFile}")),
        .. Of("/new/certificates",
            ("label=LONG", "label", BadLabel), ("name=", "name", "name is missing"), ("name=a b", "name", BadName), ("name=GivenClient", "name", Taken), ("content=no certificate", "content", "the file content is neither"), ("content= ", "content", "content is blank"),
            ("content=", "file", "file is missing"), ("file=/x", "content", "content stands beside a file"), ("content=&file=/x", "file", $"file {NoFile}"), ("content=&file=/x&keyFile=/y", "keyFile", $"keyFile {NoFile}"), ("password= ", "password", "password is blank")),
        .. Of("/new/permission-sets", Grants), .. Of("/new/profiles", Grants),
        .. Of("/new/permission-sets", ("callers=", "callers", "callers is missing"), ("callers=nobody", "callers", "callers names \"nobody\"")),
        .. Of("/new/callers",
            ("name=", "name", "name is missing"), ("name=a:b", "name", "name must"), ("name=Batch", "name", Taken), ("name=local", "name", "local is granted provisioned principals"), ("profile=Nobody", "profile", "profile names \"Nobody\""),
            ("profile=GivenProfile", "profile", "a provisioned profile is given by provisioned callers alone"), ("", "proofs", "the provisioned permission set Everybody grants every proven caller"),
            ("proofs/0/token=&proofs/0/~of=0", "proofs/0/~kind", "a proof is of exactly one kind"), ("proofs/0/token=0123456789abcdef-of-batch", "proofs/0/~kind", "caller Batch gives the same proof"),
            ("proofs/0/token=short", "proofs/0/token", "token must have 16 characters or more"), ("proofs/0/token= ", "proofs/0/token", "token is blank"),
            ("proofs/0/~kind=jwt&proofs/0/jwt/subject=s", "proofs/0/jwt/issuer", "issuer is missing"), ("proofs/0/~kind=jwt&proofs/0/jwt/issuer=i", "proofs/0/jwt/subject", "subject is missing"),
            ("proofs/0/~kind=clientCertificate&proofs/0/clientCertificate/dns=a&proofs/0/clientCertificate/uri=b", "proofs/0/clientCertificate/subject", "clientCertificate needs exactly one of subject, dns and uri"),
            ("proofs/0/~kind=localSigV4&proofs/0/localSigV4/accessKeyId=short", "proofs/0/localSigV4/accessKeyId", "accessKeyId must have 16 to 128"), ("proofs/0/~kind=localSigV4&proofs/0/localSigV4/secret=x", "proofs/0/localSigV4/accessKeyId", "accessKeyId is missing"),
            ("proofs/0/~kind=localSigV4&proofs/0/localSigV4/accessKeyId=LOCALORDERS00001", "proofs/0/localSigV4/secret", "secret is missing"), ("proofs/0/~kind=localSigV4&proofs/0/localSigV4/secret= ", "proofs/0/localSigV4/secret", "secret is blank"),
            ("proofs/0/~kind=unixPeer&proofs/0/unixPeer/uid=-1", "proofs/0/unixPeer/uid", "uid must be"), ("proofs/0/~kind=unixPeer&proofs/0/unixPeer/uid=4294967295", "proofs/0/unixPeer/uid", "uid must be"),
            ("proofs/0/~kind=unixPeer&proofs/0/unixPeer/gid=x", "proofs/0/unixPeer/gid", "gid must be a whole number")),
    ];

    /// <summary>Of other entries, or of what has no field on the form: each with the entry that it names.</summary>
    public static IReadOnlyList<(string Path, string Filled, string Entry, string Rule)> OfNoField { get; } =
    [
        ("/external-credentials/Own/principals/P/edit", "sequenceNumber=2", "externalCredential Own / principal Q", "sequenceNumber 2 is also that of principal P"),
        ("/external-credentials/Table/edit", "service=s3", "permissionSet Readers / only", "operations does not limit s3"),
        ("/external-credentials/Role/edit", "~sts=", "externalCredential Role / principal R", "roleArn belongs to the variants AssumeRole and RolesAnywhere"),
        ("/external-credentials/Role/edit", "awsAccountId=210987654321", "externalCredential Role / principal R", "roleArn is of another account than awsAccountId"),
        ("/external-credentials/Role/edit", "sts/source=Principal&sts/principal=Chained-C", "externalCredential Chained / sts", "principal \"Role-R\" leads in a circle"),
    ];

    private static (string, string, string)[] CustomHeaders =>
    [
        ("customHeaders/0/value=x", "customHeaders/0/name", "name is missing"), ("customHeaders/0/name=X B&customHeaders/0/value=x", "customHeaders/0/name", HeaderName), ("customHeaders/0/name=Host&customHeaders/0/value=x", "customHeaders/0/name", "name Host is set by the signer"),
        ("customHeaders/0/name=X-A", "customHeaders/0/value", "value is missing"), ("customHeaders/0/name=X-A&customHeaders/0/value=é", "customHeaders/0/value", "value holds a character that a header cannot carry"),
        ("customHeaders/0/name=X-A&customHeaders/0/~secret=true", "customHeaders/0/~value", "value is missing"), ("customHeaders/0/name=X-A&customHeaders/0/~secret=true&customHeaders/0/~value= ", "customHeaders/0/~value", "value is blank"),
        ("customHeaders/0/name=X-A&customHeaders/0/~secret=true&customHeaders/0/~value=é", "customHeaders/0/~value", "the secret that value refers to holds a character"),
        ("customHeaders/0/name=X-A&customHeaders/0/value=x&customHeaders/0/sequenceNumber=0", "customHeaders/0/sequenceNumber", "sequenceNumber must be a whole number of 1 or more"),
        ("customHeaders/0/name=X-A&customHeaders/0/value=x&customHeaders/0/sequenceNumber=x", "customHeaders/0/sequenceNumber", "sequenceNumber must be a whole number"),
    ];

    private static (string, string, string)[] Grants =>
    [
        ("label=LONG", "label", BadLabel), ("name=", "name", "name is missing"), ("name=a-b", "name", BadName), ("name=Readers", "name", Taken), ("principals=", "principals", "principals is missing"),
        ("principals=Own", "principals", "principals holds \"Own\", which is not written as"), ("principals=Nobody-P", "principals", "principals names \"Nobody-P\""), ("principals=Given-P", "principals", "a provisioned principal is granted by provisioned entries alone"),
        ("only/methods=get", "only/methods", "methods holds \"get\""), ("only/paths=a", "only/paths", "paths holds \"a\""), ("only/namedCredentials=Nobody", "only/namedCredentials", "namedCredentials names \"Nobody\""), ("principals=Table-P&only/operations=A B", "only/operations", "operations holds \"A B\""),
        ("only/operations=A.B", "only/operations", "operations does not limit s3"), ("principals=Table-P&only/methods=GET", "only/methods", "a limit to methods or paths does not limit dynamodb"), ("principals=Queue-P&only/methods=GET", "only/methods", "methods, paths and operations do not limit sqs"),
    ];

    private static IEnumerable<(string Path, string Filled, string Field, string Rule)> Of(string path, params (string Filled, string Field, string Rule)[] cases) => cases.Select(c => (path, c.Filled, c.Field, c.Rule));
}
