//! Names with a grammar, each a type with a checked constructor.

use std::fmt;
use thiserror::Error;

/// Why a text is not what its place asks for: what was wrong and what would be right, in one sentence.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct NameError(String);

macro_rules! name {
    ($(#[$docs:meta])* $name:ident, $check:expr) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Checks `text` against the grammar.
            pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
                let text = text.into();
                let check: fn(&str) -> Result<(), String> = $check;
                match check(&text) {
                    Ok(()) => Ok(Self(text)),
                    Err(why) => Err(NameError(why)),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}

/// The longest name that Kubernetes gives to namespaces, labels' values and Services (RFC 1123 label).
pub const MAX_LABEL: usize = 63;

name!(
    /// A DNS label of RFC 1123: lower case letters, digits and `-`, at most 63, no `-` at either end.
    DnsLabel,
    |text| {
        if text.is_empty() {
            return Err("a name is empty; write a DNS label such as `payments`".into());
        }
        if text.len() > MAX_LABEL {
            return Err(format!("`{text}` has {} characters; a DNS label has at most {MAX_LABEL}", text.len()));
        }
        if is_dns_label(text) {
            Ok(())
        } else {
            let suggestion = to_dns_label(text);
            Err(format!("`{text}` is no DNS label (lower case letters, digits and `-` between them){}", match suggestion {
                Some(label) => format!("; write `{label}`"),
                None => String::new(),
            }))
        }
    }
);

name!(
    /// Name of a Kubernetes object: DNS labels joined by dots, at most 253 characters (RFC 1123 subdomain).
    ResourceName,
    |text| {
        if text.len() <= 253 && !text.is_empty() && text.split('.').all(is_dns_label) {
            Ok(())
        } else {
            Err(format!("`{text}` is no name of a Kubernetes object (lower case letters, digits, `-` and `.`)"))
        }
    }
);

name!(
    /// A host name: at least two DNS labels joined by dots.
    HostName,
    |text| {
        if text.len() <= 253 && text.contains('.') && text.split('.').all(is_dns_label) {
            Ok(())
        } else {
            Err(format!("`{text}` is no host name; write one such as `events.example.com`, without scheme, port and path"))
        }
    }
);

name!(
    /// A registry's host, with an optional port.
    RegistryHost,
    |text| {
        let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
        let port_is_fine = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        if port_is_fine && !host.is_empty() && host.split('.').all(is_dns_label) && (host.contains('.') || port.is_some()) {
            Ok(())
        } else {
            Err(format!("`{text}` is no registry host; write one such as `ghcr.io` or `registry.internal:5000`, without scheme and path"))
        }
    }
);

name!(
    /// A tag of an image (OCI distribution specification 1.1: `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`).
    ImageTag,
    |text| {
        let mut characters = text.chars();
        let starts_well = characters.next().is_some_and(|first| first.is_ascii_alphanumeric() || first == '_');
        if starts_well && text.len() <= 128 && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
            Ok(())
        } else {
            Err(format!("`{text}` is no image tag (letters, digits, `_`, `.` and `-`, at most 128)"))
        }
    }
);

name!(
    /// A path inside a repository: relative, with `/`, without `.` and `..`; `.` alone is the repository itself.
    RelativePath,
    |text| {
        if text == "." {
            return Ok(());
        }
        if text.starts_with('/') {
            return Err(format!("`{text}` is an absolute path; write it relative to the repository"));
        }
        if text.split('/').any(|part| part == "..") {
            return Err(format!("`{text}` leaves the repository; write a path inside it, without `..`"));
        }
        let is_fine = text.split('/').all(|part| !part.is_empty() && part != "." && !part.starts_with('-'));
        let has_odd = text.chars().any(|c| c.is_control() || matches!(c, '\\' | '$' | '{' | '}' | '`' | '"' | '\'' | ',' | '*' | '?'));
        if is_fine && !has_odd {
            Ok(())
        } else {
            Err(format!("`{text}` is no plain path; write directories joined by `/`, such as `apps/web`"))
        }
    }
);

name!(
    /// A branch, or a pattern of branches in which `*` stands for any text.
    BranchPattern,
    |text| check_branch(text, true)
);

name!(
    /// Name of an environment variable: letters, digits and `_`, no digit first.
    EnvironmentVariable,
    |text| {
        let starts_well = text.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
        if starts_well && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            Ok(())
        } else {
            Err(format!("`{text}` is no name of an environment variable (letters, digits and `_`)"))
        }
    }
);

/// Variables that railpack, BuildKit and the pod of a build have themselves.
const TAKEN: [&str; 7] = [
    "PATH",
    "HOME",
    "TMPDIR",
    "DOCKER_CONFIG",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GODEBUG",
];

name!(
    /// A variable of a railpack build, secret or not: railpack's `--env` takes no other names, and some mean something themselves.
    BuildVariable,
    |text| {
        EnvironmentVariable::new(text).map_err(|error| error.to_string())?;
        if TAKEN.contains(&text) || text.starts_with("LD_") || text.starts_with("BUILDKIT_") {
            return Err(format!("`{text}` means something to railpack or BuildKit itself"));
        }
        Ok(())
    }
);

name!(
    /// A Kubernetes quantity, such as `500m` or `2Gi`.
    Quantity,
    |text| {
        let digits_end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, suffix) = text.split_at(digits_end);
        let number_is_fine = number.parse::<f64>().is_ok_and(|value| value > 0.0) && !number.ends_with('.');
        let suffix_is_fine = matches!(suffix, "" | "m" | "k" | "M" | "G" | "T" | "P" | "Ki" | "Mi" | "Gi" | "Ti" | "Pi");
        if number_is_fine && suffix_is_fine {
            Ok(())
        } else {
            Err(format!("`{text}` is no quantity; write one such as `500m`, `2` or `4Gi`"))
        }
    }
);

name!(
    /// An address range, such as `10.20.0.0/16`.
    Cidr,
    |text| {
        let parsed = text.split_once('/').and_then(|(address, length)| {
            let address = address.parse::<std::net::IpAddr>().ok()?;
            let length = length.parse::<u8>().ok()?;
            let bits = if address.is_ipv4() { 32 } else { 128 };
            (length <= bits).then_some(())
        });
        match parsed {
            Some(()) => Ok(()),
            None => Err(format!("`{text}` is no address range; write one such as `10.20.0.0/16`")),
        }
    }
);

name!(
    /// An http or https URL without user, query and fragment, and without `/` at its end.
    HttpUrl,
    |text| {
        let url = url::Url::parse(text).map_err(|why| format!("`{text}` is no URL: {why}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("`{text}` is no http or https URL"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL holds credentials; name a Secret with them instead".into());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!("`{text}` has a query or fragment; leave it out"));
        }
        if text.ends_with('/') {
            return Err(format!("`{text}` ends with `/`; write `{}`", text.trim_end_matches('/')));
        }
        if text.contains(['$', '{', '}', '`', '"', '\'', ' ']) {
            return Err(format!("`{text}` holds a character that a URL must encode"));
        }
        Ok(())
    }
);

name!(
    /// Where people read the log of a run: an http or https URL in which `{namespace}` and `{run}` stand for the run's.
    LogUrl,
    |text| {
        let url = url::Url::parse(&filled(text, "namespace", "run")).map_err(|why| format!("`{text}` is no URL: {why}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("`{text}` is no http or https URL"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL holds credentials; everybody who sees a commit's status would read them".into());
        }
        if !text.contains("{run}") {
            return Err(format!("`{text}` is the same for every run; write `{{run}}` where the run's name belongs"));
        }
        if filled(text, "", "").contains(['$', '{', '}', '`', '"', '\'', ' ', '<', '>', '\\']) {
            return Err(format!("`{text}` holds a character that a URL must encode; only `{{namespace}}` and `{{run}}` stand for something"));
        }
        Ok(())
    }
);

name!(
    /// A repository with its owner or project, `owner/name`, as the provider shows it.
    RepositoryName,
    |text| match text.split_once('/') {
        Some((owner, name)) if !owner.is_empty() && !name.is_empty() && !name.contains('/') => Ok(()),
        _ => Err(format!("`{text}` is no repository; write `owner/name`")),
    }
);

name!(
    /// A reference to an image: `host/path`, with a tag, a digest or both (OCI distribution specification 1.1); a tag
    /// that floats (`latest`) is refused.
    ImageRef,
    |text| {
        let (rest, digest) = text.split_once('@').map_or((text, None), |(rest, digest)| (rest, Some(digest)));
        let (repository, tag) = match rest.rsplit_once(':') {
            Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
            _ => (rest, None),
        };
        let parse = || -> Result<(), String> {
            let (host, path) = repository.split_once('/').ok_or("it names no registry")?;
            RegistryHost::new(host).map_err(|_| format!("`{host}` is no registry host"))?;
            if path.is_empty() || !path.split('/').all(is_repository_part) {
                return Err(format!("`{path}` is no repository (lower case letters and digits, joined by `.`, `_`, `-` and `/`)"));
            }
            if let Some(digest) = digest {
                let hex = digest.strip_prefix("sha256:").unwrap_or_default();
                if hex.len() != 64 || !hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
                    return Err(format!("`{digest}` is no digest (`sha256:` and 64 hexadecimal digits)"));
                }
            }
            match tag {
                Some("latest") => Err("the tag `latest` floats".into()),
                Some(tag) => ImageTag::new(tag).map(|_| ()).map_err(|why| why.to_string()),
                None if digest.is_none() => Err("it has neither tag nor digest".into()),
                None => Ok(()),
            }
        };
        parse().map_err(|why| format!("`{text}` is no pinned image: {why}; write one such as `ghcr.io/acme/tool:v1.2.3`"))
    }
);

fn is_repository_part(part: &str) -> bool {
    let is_alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    part.starts_with(is_alphanumeric)
        && part.ends_with(is_alphanumeric)
        && part
            .chars()
            .all(|c| is_alphanumeric(c) || matches!(c, '.' | '_' | '-'))
}

impl ImageRef {
    /// Repository, without tag and digest.
    pub fn repository(&self) -> &str {
        let rest = self.0.split('@').next().unwrap_or_default();
        match rest.rsplit_once(':') {
            Some((repository, tag)) if !tag.contains('/') => repository,
            _ => rest,
        }
    }

    /// Tag, if it has one.
    pub fn tag(&self) -> Option<&str> {
        let rest = self.0.split('@').next().unwrap_or_default();
        rest.rsplit_once(':')
            .map(|(_, tag)| tag)
            .filter(|tag| !tag.contains('/'))
    }

    /// Digest, if it has one.
    pub fn digest(&self) -> Option<&str> {
        self.0.split_once('@').map(|(_, digest)| digest)
    }

    /// The same image at `digest`.
    pub fn at_digest(&self, digest: &str) -> Result<Self, NameError> {
        let rest = self.0.split('@').next().unwrap_or_default();
        Self::new(format!("{rest}@{digest}"))
    }
}

impl DnsLabel {
    /// Joins names with `-`, as derived names are made; an error names the whole and its length.
    pub fn join(parts: &[&str]) -> Result<Self, NameError> {
        Self::new(parts.join("-"))
    }
}

impl RelativePath {
    /// Whether this is the repository itself.
    pub fn is_root(&self) -> bool {
        self.as_str() == "."
    }
}

impl RepositoryName {
    /// The owner or project.
    pub fn owner(&self) -> &str {
        self.0.split_once('/').map_or("", |(owner, _)| owner)
    }

    /// The name alone.
    pub fn name(&self) -> &str {
        self.0
            .split_once('/')
            .map_or(self.0.as_str(), |(_, name)| name)
    }
}

impl HttpUrl {
    /// Host of the URL, without port.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        authority.split(':').next().unwrap_or_default()
    }
}

impl LogUrl {
    /// Where the log of one run is.
    pub fn of(&self, namespace: &str, run: &str) -> String {
        filled(&self.0, namespace, run)
    }
}

fn filled(text: &str, namespace: &str, run: &str) -> String {
    text.replace("{namespace}", namespace).replace("{run}", run)
}

/// Checks a branch as `git check-ref-format --branch` does (git 2.39); `*` is allowed in patterns.
pub fn check_branch(text: &str, is_pattern: bool) -> Result<(), String> {
    let has_odd = text.chars().any(|c| {
        c.is_control()
            || matches!(c, ' ' | '~' | '^' | ':' | '?' | '[' | '\\')
            || (c == '*' && !is_pattern)
    });
    let parts_are_fine = text
        .split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock"));
    let is_fine = !has_odd
        && parts_are_fine
        && !text.starts_with('-')
        && !text.ends_with('.')
        && !text.contains("..")
        && !text.contains("@{")
        && !text.contains("$(")
        && !text.contains("{{")
        && text != "@";
    if is_fine {
        Ok(())
    } else {
        let what = if is_pattern {
            "branch or pattern"
        } else {
            "branch"
        };
        Err(format!(
            "`{text}` is no {what}; write one such as `main`{}",
            if is_pattern { " or `release/*`" } else { "" }
        ))
    }
}

fn is_dns_label(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty()
        && text.len() <= MAX_LABEL
        && text.chars().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// The nearest DNS label to `text`, if one is near.
fn to_dns_label(text: &str) -> Option<String> {
    let mapped: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let label = mapped.trim_matches('-').to_owned();
    is_dns_label(&label).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_dns_label_is_answered_with_one() {
        let why = DnsLabel::new("My_App").unwrap_err().to_string();
        assert!(why.contains("write `my-app`"), "{why}");
        assert!(DnsLabel::new("a".repeat(64)).is_err());
        assert!(DnsLabel::new("-a").is_err());
    }

    #[test]
    fn a_path_cannot_leave_the_repository() {
        for path in ["../x", "a/../b", "/etc", "a//b", "./a", "a/$(x)", "-a", ""] {
            assert!(RelativePath::new(path).is_err(), "{path}");
        }
        assert!(RelativePath::new("apps/web").is_ok());
        assert!(RelativePath::new(".").is_ok_and(|path| path.is_root()));
    }

    #[test]
    fn a_url_holds_no_credentials() {
        assert!(HttpUrl::new("https://user:pass@host/x").is_err());
        assert!(HttpUrl::new("git@github.com:a/b").is_err());
        assert_eq!(
            HttpUrl::new("https://ado.acme.internal:8443/tfs")
                .unwrap()
                .host(),
            "ado.acme.internal"
        );
    }

    #[test]
    fn tags_that_yaml_would_read_as_numbers_are_tags() {
        for tag in ["1.0", "1e5", "0123", "on", "v1"] {
            assert!(ImageTag::new(tag).is_ok(), "{tag}");
        }
        assert!(ImageTag::new("-x").is_err());
    }
}
