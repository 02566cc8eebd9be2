namespace SigningProxy.SigV4;
