//! How a repository is reached: its URL, credentials, and authorities to trust.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use reqwest::Url;
use tempfile::NamedTempFile;

use crate::authorities;
use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::process::Tool;
use crate::redact::Redactor;
use crate::secret::Secret;

/// Key of a Secret with a whole header line.
const HEADER: &str = "header";
/// Key of a Secret of type `kubernetes.io/ssh-auth`.
const SSH_KEY: &str = "ssh-privatekey";
/// The hosts' keys beside it.
const KNOWN_HOSTS: &str = "known_hosts";

/// How a repository is reached.
#[derive(Debug)]
pub(crate) struct Access {
    url: String,
    /// What Git is configured with, by key.
    configuration: Vec<(String, OsString)>,
    variables: Vec<(&'static str, OsString)>,
    /// Kept until Git has ended.
    _bundle: Option<NamedTempFile>,
}

impl Access {
    /// Access to `url` (https, ssh, or a file on this machine) with the Secret in `credentials`: `username` and `password`, a `header`
    /// in their place or beside them, or `ssh-privatekey` and `known_hosts`; and with the `authorities` there besides the public ones.
    ///
    /// # Errors
    /// For a URL of another kind, and when a file cannot be read.
    pub(crate) fn new(
        url: &str,
        credentials: Option<&Path>,
        authorities: Option<&Path>,
        redactor: &Redactor,
    ) -> Result<Self, Failure> {
        let parsed = Url::parse(url)
            .map_err(|error| Failure::new(Exit::Usage, format!("`{url}` is no URL: {error}")))?;
        if parsed.password().is_some() {
            let message = format!(
                "the URL of `{}` holds a password",
                parsed.host_str().unwrap_or_default()
            );
            return Err(Failure::new(Exit::Usage, message).help("credentials belong into a Secret"));
        }
        let mut access = Self {
            url: url.to_owned(),
            configuration: Vec::new(),
            variables: Vec::new(),
            _bundle: None,
        };
        match parsed.scheme() {
            "https" | "http" => {
                if let Some(directory) = credentials {
                    access.authorize(&parsed, directory, redactor)?;
                }
                if let Some(path) = authorities {
                    access.trust(path)?;
                }
            }
            "ssh" => access.use_key(credentials, redactor)?,
            "file" => {}
            scheme => {
                let message = format!("Git is not spoken to over `{scheme}`: `{url}`");
                return Err(Failure::new(Exit::Usage, message).help("use an https or ssh URL"));
            }
        }
        // Nothing in a repository, such as a submodule, gets Git to use another way or to run a program.
        for scheme in ["https", "ssh", parsed.scheme()] {
            access.set(&format!("protocol.{scheme}.allow"), "always");
        }
        Ok(access)
    }

    /// The URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn set(&mut self, key: &str, value: impl Into<OsString>) {
        self.configuration.push((key.to_owned(), value.into()));
    }

    /// Headers for this server alone: Git, its LFS and its submodules there send them.
    fn authorize(
        &mut self,
        url: &Url,
        directory: &Path,
        redactor: &Redactor,
    ) -> Result<(), Failure> {
        let key = format!("http.{}/.extraHeader", url.origin().ascii_serialization());
        let header = Header::read(directory, redactor)?;
        let authorizes = header
            .as_ref()
            .is_some_and(|header| header.name.eq_ignore_ascii_case(AUTHORIZATION));
        let has_password = directory.join("password").exists();
        if authorizes && has_password {
            let message = format!(
                "the Secret in `{}` has a password, and in `{HEADER}` another authorization",
                directory.display()
            );
            return Err(Failure::new(Exit::Usage, message)
                .help("take one of them out: a server looks at one alone"));
        }
        if header.is_none() || has_password {
            let pair = Credentials::read(directory, redactor)?.pair_of_git();
            self.set(&key, format!("{AUTHORIZATION}: Basic {pair}"));
        }
        if let Some(header) = header {
            self.set(&key, header.line);
        }
        // Git takes its headers along to wherever it is sent (`http.c` reads them once, for the first URL).
        self.set("http.followRedirects", "false");
        Ok(())
    }

    /// One file with the public authorities and those of `path`: Git takes one.
    fn trust(&mut self, path: &Path) -> Result<(), Failure> {
        let bundle = authorities::with_public(path)?;
        self.set("http.sslCAInfo", bundle.path().as_os_str());
        self._bundle = Some(bundle);
        Ok(())
    }

    /// The key file as it is mounted: it is copied nowhere.
    fn use_key(&mut self, credentials: Option<&Path>, redactor: &Redactor) -> Result<(), Failure> {
        let Some(directory) = credentials else {
            let message = format!("an ssh URL needs a key: `{}`", self.url);
            return Err(Failure::new(Exit::Usage, message));
        };
        let key = directory.join(SSH_KEY);
        redactor.hide(&Secret::read(&key)?);
        let known = directory.join(KNOWN_HOSTS);
        if !known.is_file() {
            let message = format!("there is no `{KNOWN_HOSTS}` in `{}`", directory.display());
            return Err(Failure::new(Exit::Usage, message)
                .help("put the output of `ssh-keyscan HOST`, once you have checked it, into the Secret under that key"));
        }
        // Git gives this to a shell, so paths are quoted for one; nothing in it comes from outside.
        let command = format!(
            "ssh -F none -i {} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile={} \
             -o GlobalKnownHostsFile=none -o ConnectTimeout=10 -o ServerAliveInterval=15",
            quoted(&key),
            quoted(&known)
        );
        self.variables.push(("GIT_SSH_COMMAND", command.into()));
        self.variables.push(("GIT_SSH_VARIANT", "ssh".into()));
        Ok(())
    }

    /// Git with all of that, and nothing of the system's or a user's configuration.
    pub(super) fn configure(&self, git: Tool, home: &Path) -> Tool {
        let fixed: [(&str, &str); 13] = [
            ("protocol.allow", "never"),
            ("core.hooksPath", "/dev/null"),
            ("core.fsmonitor", "false"),
            ("core.askPass", ""),
            ("credential.helper", ""),
            ("credential.interactive", "false"),
            ("safe.directory", "*"),
            ("gc.auto", "0"),
            ("maintenance.auto", "false"),
            ("fetch.recurseSubmodules", "false"),
            ("http.followRedirects", "initial"),
            ("http.lowSpeedLimit", "1000"),
            ("http.lowSpeedTime", "60"),
        ];
        let fixed = fixed
            .into_iter()
            .map(|(key, value)| (key.to_owned(), OsString::from(value)));
        let configuration: Vec<(String, OsString)> =
            fixed.chain(self.configuration.iter().cloned()).collect();
        let mut git = git
            .variable("HOME", home)
            .variable("XDG_CONFIG_HOME", home)
            .variable("GIT_CONFIG_NOSYSTEM", "1")
            .variable("GIT_CONFIG_GLOBAL", "/dev/null")
            .variable("GIT_TERMINAL_PROMPT", "0")
            .variable("GIT_LFS_SKIP_SMUDGE", "1")
            .variable("LC_ALL", "C")
            .variable("GIT_CONFIG_COUNT", configuration.len().to_string());
        for (number, (key, value)) in configuration.into_iter().enumerate() {
            git = git
                .variable(format!("GIT_CONFIG_KEY_{number}"), key)
                .variable(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        for (name, value) in &self.variables {
            git = git.variable(name, value);
        }
        git
    }
}

/// Name of the header that servers look for credentials in.
const AUTHORIZATION: &str = "Authorization";

/// A header of a Secret.
struct Header {
    name: String,
    line: String,
}

impl Header {
    /// The header line of a Secret, `Name: value`; none if it has none. Nothing that is printed later shows its value.
    fn read(directory: &Path, redactor: &Redactor) -> Result<Option<Self>, Failure> {
        let file = directory.join(HEADER);
        if !file.exists() {
            return Ok(None);
        }
        let secret = Secret::read(&file)?;
        redactor.hide(&secret);
        let line = secret.expose_text(&format!("`{}`", file.display()))?.trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let parts = line.split_once(':').filter(|(name, value)| {
            !name.is_empty()
                && name.chars().all(is_name)
                && !value.trim().is_empty()
                && !value.chars().any(char::is_control)
        });
        let Some((name, value)) = parts else {
            let message = format!("`{}` holds no header", file.display());
            return Err(Failure::new(Exit::Usage, message)
                .help("it is one line, such as `Authorization: Bearer …`"));
        };
        // Servers show a value without its name, and credentials without their scheme.
        let value = value.trim();
        redactor.hide(&Secret::new(value));
        if let Some((_, last)) = value.rsplit_once(' ') {
            redactor.hide(&Secret::new(last));
        }
        Ok(Some(Self {
            name: name.to_owned(),
            line: format!("{name}: {value}"),
        }))
    }
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    let path: PathBuf = path.to_owned();
    format!("'{}'", path.to_string_lossy().replace('\'', "'\\''"))
}
