//! How builds reach the outside, what they trust, where Secrets come from, and who hears of builds.

use super::scope::Scope;
use crate::input;
use crate::model::{Egress, ExternalSecrets, Report, Trust, Webhook};
use crate::names::{
    Cidr, DnsLabel, EnvironmentVariable, HostName, HttpUrl, LogUrl, RelativePath, ResourceName,
};
use indexmap::IndexMap;
use luban_yaml::Path;

pub(super) fn egress(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::RegistryEgress>,
) -> Option<Egress> {
    let Some(input) = input else {
        return Some(Egress::Anywhere);
    };
    match (&input.cidrs, &input.cilium_fqdns, &input.proxy) {
        (Some(cidrs), None, None) => {
            let path = at.key("cidrs");
            if cidrs.is_empty() {
                scope.error(
                    "missing-field",
                    &path,
                    "no address range is given: builds could reach nothing",
                );
            }
            let cidrs: Vec<_> = cidrs
                .iter()
                .enumerate()
                .map(|(i, cidr)| scope.name("cidr", &path.index(i), cidr, Cidr::new))
                .collect();
            cidrs.into_iter().collect::<Option<_>>().map(Egress::Cidrs)
        }
        (None, Some(fqdns), None) => {
            let path = at.key("ciliumFqdns");
            if fqdns.is_empty() {
                scope.error(
                    "missing-field",
                    &path,
                    "no host name is given: builds could reach nothing",
                );
            }
            for (i, fqdn) in fqdns.iter().enumerate() {
                let plain = fqdn.replace("**.", "x.").replace('*', "x");
                scope.name("host", &path.index(i), &plain, HostName::new);
            }
            Some(Egress::CiliumFqdns(fqdns.clone()))
        }
        (None, None, Some(proxy)) => {
            let path = at.key("proxy");
            let url = scope.required_name("url", &path, "url", &proxy.url, HttpUrl::new);
            let cidr = scope.required_name("cidr", &path, "cidr", &proxy.cidr, Cidr::new);
            Some(Egress::Proxy {
                url: url?,
                cidr: cidr?,
                no_proxy: proxy.no_proxy.clone(),
            })
        }
        _ => {
            scope.error(
                "exactly-one",
                at,
                "write exactly one of `cidrs`, `ciliumFqdns` and `proxy`",
            );
            None
        }
    }
}

pub(super) fn trust(scope: &mut Scope<'_>, at: &Path, input: &input::Trust) -> Trust {
    let certificate_authority =
        scope.optional_secret(at, "certificateAuthority", &input.certificate_authority);
    let path = at.key("packageMirror");
    let mirror = input.package_mirror.as_ref();
    if mirror.is_some_and(|mirror| mirror.python.is_none()) {
        scope.error(
            "missing-field",
            &path,
            format!("`python` is missing from `{path}`"),
        );
    }
    Trust {
        certificate_authority,
        python_mirror: mirror
            .and_then(|mirror| mirror.python.as_ref())
            .and_then(|url| scope.name("url", &path.key("python"), url, HttpUrl::new)),
        netrc: mirror.and_then(|mirror| scope.optional_secret(&path, "netrc", &mirror.netrc)),
    }
}

pub(super) fn external_secrets(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::ExternalSecrets>,
    platform: Option<&DnsLabel>,
) -> Option<ExternalSecrets> {
    let input = input?;
    let store = scope.required_name("name", at, "store", &input.store, ResourceName::new);
    let refresh = input.refresh.clone().unwrap_or_else(|| "1h".to_owned());
    let is_duration = refresh
        .strip_suffix(['s', 'm', 'h'])
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0));
    if !is_duration {
        scope.error(
            "duration",
            &at.key("refresh"),
            format!("`{refresh}` is no duration; write one such as `1h` or `30m`"),
        );
    }
    let prefix = input
        .prefix
        .clone()
        .or_else(|| platform.map(ToString::to_string))?;
    if !prefix.is_empty() && RelativePath::new(prefix.as_str()).is_err() {
        scope.error(
            "name",
            &at.key("prefix"),
            format!("`{prefix}` is no prefix of keys; write words joined by `/`"),
        );
    }
    Some(ExternalSecrets {
        store: store?,
        prefix,
        refresh,
    })
}

pub(super) fn report(scope: &mut Scope<'_>, at: &Path, input: Option<&input::Report>) -> Report {
    let Some(input) = input else {
        return Report::default();
    };
    let has_webhook = input.url.is_some() || input.secret.is_some();
    if !has_webhook && input.metrics.is_none() && input.logs.is_none() {
        scope.error(
            "missing-field",
            at,
            format!("`{at}` reports nowhere; write `url` and `secret`, `metrics` or `logs`"),
        );
    }
    let mut named = |key: &str, text: &Option<String>| {
        let text = text.as_ref()?;
        scope.name("url", &at.key(key), text, HttpUrl::new)
    };
    let (url, metrics) = (named("url", &input.url), named("metrics", &input.metrics));
    let logs = input
        .logs
        .as_ref()
        .and_then(|text| scope.name("url", &at.key("logs"), text, LogUrl::new));
    let mut webhook = None;
    if has_webhook {
        scope.required(at, "url", &input.url);
        let secret = scope
            .required(at, "secret", &input.secret)
            .cloned()
            .and_then(|secret| scope.secret_name(&at.key("secret"), &secret));
        webhook = url.zip(secret).map(|(url, secret)| Webhook { url, secret });
    }
    Report {
        webhook,
        metrics,
        logs,
    }
}

/// Environment variables with checked names; credentials among the values are refused.
pub(super) fn variables(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, String>,
) -> IndexMap<EnvironmentVariable, String> {
    let mut variables = IndexMap::new();
    for (key, value) in input {
        let path = at.key(key);
        scope.refuse_credential(&path, key, value);
        if let Some(name) = scope.name("name", &path, key, EnvironmentVariable::new) {
            variables.insert(name, value.clone());
        }
    }
    variables
}
