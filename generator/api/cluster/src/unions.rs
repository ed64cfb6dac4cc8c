//! Fields that exclude each other.

use luban_api_core::k8s_openapi::api::core::v1::{
    ConfigMapKeySelector, SecretKeySelector, SecretReference,
};
use luban_api_core::{LabelSelector, Union, one_of};

use crate::{
    Authority, BasicAuth, CIDRRule, CiliumRule, ConfigMapReference, CookieSessionPersistence,
    Endpoint, ExternalSecretDataFromRemoteRef, ExternalSecretDataRemoteRef, ExternalSecretFind,
    ExternalSecretRewrite, ExternalSecretRewriteMerge, ExternalSecretRewriteRegexp,
    ExternalSecretRewriteTransform, FQDNSelector, Fraction, GeneratorRef, HTTPCORSFilter,
    HTTPExternalAuthFilter, HTTPHeaderFilter, HTTPPathModifier, HTTPRequestMirrorFilter,
    HTTPRequestRedirectFilter, HTTPRouteFilter, HTTPURLRewriteFilter, HeaderSessionPersistence,
    Identity, KeyRef, KeylessRef, LocalObjectReference, OAuth2, PodMetricsEndpoint, Policy,
    RemotePolicy, Rule, SafeAuthorization, SecretOrConfigMap, SecretStoreRef, SessionPersistence,
    StaticRef, StoreGeneratorSourceRef,
};

/// Every union of these groups.
pub const UNIONS: &[Union] = &[
    HTTPFilter::UNION,
    HTTPPath::UNION,
    MirroredShare::UNION,
    SessionKey::UNION,
    KeyRewrite::UNION,
    ValueSource::UNION,
    StoredValues::UNION,
    Series::UNION,
    PodAuthentication::UNION,
    EndpointAuthentication::UNION,
    TextPlace::UNION,
    RuleSubject::UNION,
    AddressRange::UNION,
    DomainName::UNION,
    Signer::UNION,
    KeyPlace::UNION,
    PolicySource::UNION,
    IssuedBy::UNION,
    SignedBy::UNION,
];

one_of! {
    /// What a filter of a route does.
    pub enum HTTPFilter<'a>: exactly one of HTTPRouteFilter::filter {
        /// Changes headers of the request.
        RequestHeaderModifier(&'a HTTPHeaderFilter) = request_header_modifier "requestHeaderModifier",
        /// Changes headers of the response.
        ResponseHeaderModifier(&'a HTTPHeaderFilter) = response_header_modifier "responseHeaderModifier",
        /// Copies the request.
        RequestMirror(&'a HTTPRequestMirrorFilter) = request_mirror "requestMirror",
        /// Answers with another URL.
        RequestRedirect(&'a HTTPRequestRedirectFilter) = request_redirect "requestRedirect",
        /// Changes host name or path.
        UrlRewrite(&'a HTTPURLRewriteFilter) = url_rewrite "urlRewrite",
        /// Answers cross-origin questions.
        Cors(&'a HTTPCORSFilter) = cors,
        /// Asks another service.
        ExternalAuth(&'a HTTPExternalAuthFilter) = external_auth "externalAuth",
        /// A filter of the Gateway's own.
        ExtensionRef(&'a LocalObjectReference) = extension_ref "extensionRef",
    }
}

one_of! {
    /// How a path is changed.
    pub enum HTTPPath<'a>: exactly one of HTTPPathModifier::replacement {
        /// The whole path.
        Full(&'a str) = replace_full_path "replaceFullPath",
        /// The matched prefix.
        PrefixMatch(&'a str) = replace_prefix_match "replacePrefixMatch",
    }
}

one_of! {
    /// How many requests are copied.
    pub enum MirroredShare<'a>: at most one of HTTPRequestMirrorFilter::share {
        /// Of a hundred.
        Percent(&'a i32) = percent,
        /// As a fraction.
        Fraction(&'a Fraction) = fraction,
    }
}

one_of! {
    /// What keeps a session together.
    pub enum SessionKey<'a>: at most one of SessionPersistence::key {
        /// A cookie.
        Cookie(&'a CookieSessionPersistence) = cookie,
        /// A header.
        Header(&'a HeaderSessionPersistence) = header,
    }
}

one_of! {
    /// How keys of an ExternalSecret are renamed.
    pub enum KeyRewrite<'a>: exactly one of ExternalSecretRewrite::rewrite {
        /// By a regular expression.
        Regexp(&'a ExternalSecretRewriteRegexp) = regexp,
        /// By a template.
        Transform(&'a ExternalSecretRewriteTransform) = transform,
        /// By joining.
        Merge(&'a ExternalSecretRewriteMerge) = merge,
    }
}

one_of! {
    /// Where values of an ExternalSecret come from.
    pub enum ValueSource<'a>: exactly one of StoreGeneratorSourceRef::source {
        /// A store.
        Store(&'a SecretStoreRef) = store_ref "storeRef",
        /// A generator.
        Generator(&'a GeneratorRef) = generator_ref "generatorRef",
    }
}

one_of! {
    /// Which values of a store are taken.
    pub enum StoredValues<'a>: at most one of ExternalSecretDataFromRemoteRef::values {
        /// All fields of one entry.
        Extract(&'a ExternalSecretDataRemoteRef) = extract,
        /// Entries by name or tags.
        Find(&'a ExternalSecretFind) = find,
    }
}

one_of! {
    /// What a rule makes.
    pub enum Series<'a>: exactly one of Rule::makes {
        /// An alert.
        Alert(&'a str) = alert,
        /// A series.
        Record(&'a str) = record,
    }
}

one_of! {
    /// How Prometheus proves who asks.
    pub enum PodAuthentication<'a>: at most one of PodMetricsEndpoint::authentication {
        /// User name and password.
        BasicAuth(&'a BasicAuth) = basic_auth "basicAuth",
        /// A header.
        Authorization(&'a SafeAuthorization) = authorization,
        /// A bearer token.
        BearerTokenSecret(&'a SecretKeySelector) = bearer_token_secret "bearerTokenSecret",
        /// A token for a client.
        Oauth2(&'a OAuth2) = oauth2,
    }
}

one_of! {
    /// How Prometheus proves who asks.
    pub enum EndpointAuthentication<'a>: at most one of Endpoint::authentication {
        /// User name and password.
        BasicAuth(&'a BasicAuth) = basic_auth "basicAuth",
        /// A header.
        Authorization(&'a SafeAuthorization) = authorization,
        /// A bearer token.
        BearerTokenSecret(&'a SecretKeySelector) = bearer_token_secret "bearerTokenSecret",
        /// A token for a client.
        Oauth2(&'a OAuth2) = oauth2,
    }
}

one_of! {
    /// Where a text is.
    pub enum TextPlace<'a>: at most one of SecretOrConfigMap::place {
        /// A key of a Secret.
        Secret(&'a SecretKeySelector) = secret,
        /// A key of a ConfigMap.
        ConfigMap(&'a ConfigMapKeySelector) = config_map "configMap",
    }
}

one_of! {
    /// What a Cilium rule is about.
    pub enum RuleSubject<'a>: exactly one of CiliumRule::subject {
        /// Pods.
        Endpoints(&'a LabelSelector) = endpoint_selector "endpointSelector",
        /// Nodes.
        Nodes(&'a LabelSelector) = node_selector "nodeSelector",
    }
}

one_of! {
    /// A range of addresses.
    pub enum AddressRange<'a>: exactly one of CIDRRule::range {
        /// Itself.
        Cidr(&'a str) = cidr,
        /// A CiliumCIDRGroup by name.
        GroupRef(&'a str) = cidr_group_ref "cidrGroupRef",
        /// CiliumCIDRGroups by labels.
        GroupSelector(&'a LabelSelector) = cidr_group_selector "cidrGroupSelector",
    }
}

one_of! {
    /// A domain name or a pattern.
    pub enum DomainName<'a>: at most one of FQDNSelector::domain {
        /// A name.
        Name(&'a str) = match_name "matchName",
        /// A pattern.
        Pattern(&'a str) = match_pattern "matchPattern",
    }
}

one_of! {
    /// Who must have signed an image.
    pub enum Signer<'a>: exactly one of Authority::signer {
        /// Whoever has a key.
        Key(&'a KeyRef) = key,
        /// An identity.
        Keyless(&'a KeylessRef) = keyless,
        /// Nobody: the answer is fixed.
        Static(&'a StaticRef) = static_ "static",
    }
}

one_of! {
    /// Where a public key is.
    pub enum KeyPlace<'a>: exactly one of KeyRef::place {
        /// In a Secret.
        SecretRef(&'a SecretReference) = secret_ref "secretRef",
        /// Here.
        Data(&'a str) = data,
        /// In a key service.
        Kms(&'a str) = kms,
    }
}

one_of! {
    /// Where a condition on attestations is.
    pub enum PolicySource<'a>: exactly one of Policy::condition {
        /// Here.
        Data(&'a str) = data,
        /// In a ConfigMap.
        ConfigMapRef(&'a ConfigMapReference) = config_map_ref "configMapRef",
        /// Behind a URL.
        Remote(&'a RemotePolicy) = remote,
    }
}

one_of! {
    /// Who vouched for a signer.
    pub enum IssuedBy<'a>: exactly one of Identity::issued_by {
        /// This one.
        Is(&'a str) = issuer,
        /// One that matches.
        Matches(&'a str) = issuer_reg_exp "issuerRegExp",
    }
}

one_of! {
    /// Who signed.
    pub enum SignedBy<'a>: exactly one of Identity::signed_by {
        /// This one.
        Is(&'a str) = subject,
        /// One that matches.
        Matches(&'a str) = subject_reg_exp "subjectRegExp",
    }
}
