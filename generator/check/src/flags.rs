//! Tekton's feature flags: verdicts depend on them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A flag that turns something on or off: its name, its default and where it is kept.
type Switch = (&'static str, bool, fn(&mut Flags) -> &mut bool);

/// The stability that a field or a value needs to be used: `enable-api-fields`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApiFields {
    /// Stable ones only.
    Stable,
    /// Those in beta too.
    #[default]
    Beta,
    /// All.
    Alpha,
}

impl ApiFields {
    /// As the flag has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Beta => "beta",
            Self::Alpha => "alpha",
        }
    }
}

/// Which pods of a PipelineRun go to one node: `coschedule`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Coschedule {
    /// None has to.
    Disabled,
    /// Those that share a claim.
    #[default]
    Workspaces,
    /// All pods of a run.
    PipelineRuns,
    /// All pods of a run, and a node has one run at a time.
    IsolatePipelineRun,
}

/// What happens to a run that no verification policy matches: `trusted-resources-verification-no-match-policy`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum NoMatchPolicy {
    /// It runs.
    #[default]
    Ignore,
    /// It runs, and the controller says so.
    Warn,
    /// It fails.
    Fail,
}

/// How results leave a pod: `results-from`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ResultsFrom {
    /// In the message with which a container ends.
    #[default]
    TerminationMessage,
    /// In the log of a sidecar.
    SidecarLogs,
}

/// Who vouches for what a run says of itself: `enforce-nonfalsifiability`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Nonfalsifiability {
    /// Nobody.
    #[default]
    None,
    /// SPIRE.
    Spire,
}

/// A value that a flag does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagError {
    /// The flag's name, as the ConfigMap `feature-flags` has it.
    pub flag: &'static str,
    /// The value.
    pub value: String,
    /// What it may be.
    pub allowed: String,
}

impl fmt::Display for FlagError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            flag,
            value,
            allowed,
        } = self;
        write!(
            formatter,
            "feature flag `{flag}` cannot be `{value}`: {allowed}"
        )
    }
}

impl std::error::Error for FlagError {}

/// The feature flags of Tekton Pipelines v1.15, as `pkg/apis/config/feature_flags.go` has them; by default its defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flags {
    /// `await-sidecar-readiness`.
    pub await_sidecar_readiness: bool,
    /// `coschedule`.
    pub coschedule: Coschedule,
    /// `disable-creds-init`.
    pub disable_creds_init: bool,
    /// `disable-inline-spec`: kinds that embed no spec, `taskrun`, `pipelinerun` and `pipeline`, between commas.
    pub disable_inline_spec: String,
    /// `enable-api-fields`.
    pub enable_api_fields: ApiFields,
    /// `enable-artifacts`.
    pub enable_artifacts: bool,
    /// `enable-cel-in-whenexpression`.
    pub enable_cel_in_when_expression: bool,
    /// `enable-concise-resolver-syntax`.
    pub enable_concise_resolver_syntax: bool,
    /// `enable-kubernetes-sidecar`.
    pub enable_kubernetes_sidecar: bool,
    /// `enable-param-enum`.
    pub enable_param_enum: bool,
    /// `enable-provenance-in-status`.
    pub enable_provenance_in_status: bool,
    /// `enable-termination-message-compression`.
    pub enable_termination_message_compression: bool,
    /// `enable-wait-exponential-backoff`.
    pub enable_wait_exponential_backoff: bool,
    /// `enforce-nonfalsifiability`.
    pub enforce_nonfalsifiability: Nonfalsifiability,
    /// `keep-pod-on-cancel`.
    pub keep_pod_on_cancel: bool,
    /// `max-result-size`, in bytes.
    pub max_result_size: i64,
    /// `require-git-ssh-secret-known-hosts`.
    pub require_git_ssh_secret_known_hosts: bool,
    /// `results-from`.
    pub results_from: ResultsFrom,
    /// `running-in-environment-with-injected-sidecars`.
    pub running_in_environment_with_injected_sidecars: bool,
    /// `send-cloudevents-for-runs`.
    pub send_cloudevents_for_runs: bool,
    /// `set-security-context`.
    pub set_security_context: bool,
    /// `set-security-context-read-only-root-filesystem`.
    pub set_security_context_read_only_root_filesystem: bool,
    /// `trusted-resources-verification-no-match-policy`.
    pub trusted_resources_verification_no_match_policy: NoMatchPolicy,
}

impl Default for Flags {
    fn default() -> Self {
        let mut flags = Self {
            await_sidecar_readiness: false,
            coschedule: Coschedule::default(),
            disable_creds_init: false,
            disable_inline_spec: String::new(),
            enable_api_fields: ApiFields::default(),
            enable_artifacts: false,
            enable_cel_in_when_expression: false,
            enable_concise_resolver_syntax: false,
            enable_kubernetes_sidecar: false,
            enable_param_enum: false,
            enable_provenance_in_status: false,
            enable_termination_message_compression: false,
            enable_wait_exponential_backoff: false,
            enforce_nonfalsifiability: Nonfalsifiability::default(),
            keep_pod_on_cancel: false,
            max_result_size: 4096,
            require_git_ssh_secret_known_hosts: false,
            results_from: ResultsFrom::default(),
            running_in_environment_with_injected_sidecars: false,
            send_cloudevents_for_runs: false,
            set_security_context: false,
            set_security_context_read_only_root_filesystem: false,
            trusted_resources_verification_no_match_policy: NoMatchPolicy::default(),
        };
        for (_, is_on, place) in SWITCHES {
            *place(&mut flags) = *is_on;
        }
        flags
    }
}

const SWITCHES: &[Switch] = &[
    ("await-sidecar-readiness", true, |flags| {
        &mut flags.await_sidecar_readiness
    }),
    ("disable-creds-init", false, |flags| {
        &mut flags.disable_creds_init
    }),
    ("enable-artifacts", false, |flags| {
        &mut flags.enable_artifacts
    }),
    ("enable-cel-in-whenexpression", false, |flags| {
        &mut flags.enable_cel_in_when_expression
    }),
    ("enable-concise-resolver-syntax", false, |flags| {
        &mut flags.enable_concise_resolver_syntax
    }),
    ("enable-kubernetes-sidecar", false, |flags| {
        &mut flags.enable_kubernetes_sidecar
    }),
    ("enable-param-enum", false, |flags| {
        &mut flags.enable_param_enum
    }),
    ("enable-provenance-in-status", true, |flags| {
        &mut flags.enable_provenance_in_status
    }),
    ("enable-termination-message-compression", false, |flags| {
        &mut flags.enable_termination_message_compression
    }),
    ("enable-wait-exponential-backoff", false, |flags| {
        &mut flags.enable_wait_exponential_backoff
    }),
    ("keep-pod-on-cancel", false, |flags| {
        &mut flags.keep_pod_on_cancel
    }),
    ("require-git-ssh-secret-known-hosts", false, |flags| {
        &mut flags.require_git_ssh_secret_known_hosts
    }),
    (
        "running-in-environment-with-injected-sidecars",
        true,
        |flags| &mut flags.running_in_environment_with_injected_sidecars,
    ),
    ("send-cloudevents-for-runs", true, |flags| {
        &mut flags.send_cloudevents_for_runs
    }),
    ("set-security-context", false, |flags| {
        &mut flags.set_security_context
    }),
    (
        "set-security-context-read-only-root-filesystem",
        false,
        |flags| &mut flags.set_security_context_read_only_root_filesystem,
    ),
];

/// Flags that hold something else than on or off.
const OTHERS: &[&str] = &[
    "coschedule",
    "disable-inline-spec",
    "enable-api-fields",
    "enforce-nonfalsifiability",
    "max-result-size",
    "results-from",
    "trusted-resources-verification-no-match-policy",
];

/// Flags of earlier versions, or of none, that the ConfigMap may still have and that do nothing.
const WITHOUT_EFFECT: &[&str] = &["enable-step-actions", "enable-tekton-oci-bundles"];

/// No result may be larger, because an object may not.
const MAX_RESULT_SIZE: i64 = 1_572_864;

impl Flags {
    /// The flags of a ConfigMap's data, after upstream's `config.NewFeatureFlagsFromMap`: what it does not have is as by default,
    /// and names that are no flags do nothing.
    ///
    /// # Errors
    ///
    /// A flag has a value that it cannot have.
    pub fn from_map(map: &BTreeMap<String, String>) -> Result<Self, FlagError> {
        let mut flags = Self::default();
        for (flag, _, place) in SWITCHES {
            if let Some(value) = map.get(*flag) {
                *place(&mut flags) = switched(flag, value)?;
            }
        }
        one_of(
            map,
            "enable-api-fields",
            &[
                ("stable", ApiFields::Stable),
                ("beta", ApiFields::Beta),
                ("alpha", ApiFields::Alpha),
            ],
            &mut flags.enable_api_fields,
        )?;
        one_of(
            map,
            "coschedule",
            &[
                ("disabled", Coschedule::Disabled),
                ("workspaces", Coschedule::Workspaces),
                ("pipelineruns", Coschedule::PipelineRuns),
                ("isolate-pipelinerun", Coschedule::IsolatePipelineRun),
            ],
            &mut flags.coschedule,
        )?;
        one_of(
            map,
            "trusted-resources-verification-no-match-policy",
            &[
                ("ignore", NoMatchPolicy::Ignore),
                ("warn", NoMatchPolicy::Warn),
                ("fail", NoMatchPolicy::Fail),
            ],
            &mut flags.trusted_resources_verification_no_match_policy,
        )?;
        one_of(
            map,
            "results-from",
            &[
                ("termination-message", ResultsFrom::TerminationMessage),
                ("sidecar-logs", ResultsFrom::SidecarLogs),
            ],
            &mut flags.results_from,
        )?;
        one_of(
            map,
            "enforce-nonfalsifiability",
            &[
                ("none", Nonfalsifiability::None),
                ("spire", Nonfalsifiability::Spire),
            ],
            &mut flags.enforce_nonfalsifiability,
        )?;
        if let Some(value) = map.get("max-result-size") {
            flags.max_result_size = size(value)?;
        }
        if let Some(value) = map.get("disable-inline-spec") {
            flags.disable_inline_spec.clone_from(value);
        }
        Ok(flags)
    }

    /// The names of all flags that do something, and of those that did.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let switches = SWITCHES.iter().map(|(flag, ..)| *flag);
        switches
            .chain(OTHERS.iter().copied())
            .chain(WITHOUT_EFFECT.iter().copied())
    }

    /// Whether `kind` (`taskrun`, `pipelinerun` or `pipeline`) may embed a spec.
    #[must_use]
    pub fn may_embed_in(&self, kind: &str) -> bool {
        !self
            .disable_inline_spec
            .split(',')
            .any(|disabled| disabled == kind)
    }
}

fn switched(flag: &'static str, value: &str) -> Result<bool, FlagError> {
    // What Go's `strconv.ParseBool` takes.
    match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => Err(FlagError {
            flag,
            value: value.to_owned(),
            allowed: "it is `true` or `false`".to_owned(),
        }),
    }
}

fn one_of<T: Copy>(
    map: &BTreeMap<String, String>,
    flag: &'static str,
    values: &[(&str, T)],
    into: &mut T,
) -> Result<(), FlagError> {
    let Some(written) = map.get(flag) else {
        return Ok(());
    };
    let value = written.to_lowercase();
    let Some((_, meant)) = values.iter().find(|(name, _)| *name == value) else {
        let names: Vec<_> = values.iter().map(|(name, _)| format!("`{name}`")).collect();
        return Err(FlagError {
            flag,
            value: written.clone(),
            allowed: format!("it is one of {}", names.join(", ")),
        });
    };
    *into = *meant;
    Ok(())
}

fn size(value: &str) -> Result<i64, FlagError> {
    match i64::from_str(value) {
        Ok(size) if size < MAX_RESULT_SIZE => Ok(size),
        _ => Err(FlagError {
            flag: "max-result-size",
            value: value.to_owned(),
            allowed: format!("it is a number of bytes below {MAX_RESULT_SIZE}"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn read(flag: &str, value: &str) -> Result<Flags, FlagError> {
        Flags::from_map(&[(flag.to_owned(), value.to_owned())].into())
    }

    #[test]
    fn without_a_config_map_the_flags_are_as_tekton_ships_them() {
        let flags = Flags::from_map(&BTreeMap::new()).expect("nothing is wrong with nothing");
        assert_eq!(flags, Flags::default());
        assert_eq!(flags.enable_api_fields, ApiFields::Beta);
        assert!(flags.await_sidecar_readiness && flags.send_cloudevents_for_runs);
        assert!(!flags.enable_param_enum && !flags.enable_artifacts);
        assert_eq!(flags.max_result_size, 4096);
    }

    #[test]
    fn each_flag_changes_something_and_is_refused_with_a_value_that_it_cannot_have() {
        for (flag, is_on, _) in SWITCHES {
            let flags = read(flag, if *is_on { "F" } else { "T" });
            assert_ne!(flags, Ok(Flags::default()), "{flag}");
            assert_eq!(read(flag, "yes").map_err(|error| error.flag), Err(*flag));
        }
        for (flag, value) in [
            ("coschedule", "PipelineRuns"),
            ("disable-inline-spec", "taskrun"),
            ("enable-api-fields", "Alpha"),
            ("enforce-nonfalsifiability", "spire"),
            ("max-result-size", "1572863"),
            ("results-from", "sidecar-logs"),
            ("trusted-resources-verification-no-match-policy", "warn"),
        ] {
            assert_ne!(read(flag, value), Ok(Flags::default()), "{flag}");
            if flag != "disable-inline-spec" {
                assert!(read(flag, "1572864").is_err(), "{flag}");
            }
        }
    }

    #[test]
    fn the_refusal_says_what_the_flag_may_be() {
        let error = read("enable-api-fields", "gamma").map_err(|error| error.to_string());
        let expected = "feature flag `enable-api-fields` cannot be `gamma`: it is one of `stable`, `beta`, `alpha`";
        assert_eq!(error, Err(expected.to_owned()));
    }

    #[test]
    fn kinds_that_embed_no_spec_stand_between_commas() {
        let flags = read("disable-inline-spec", "taskrun,pipeline").expect("any text will do");
        let of = |kind| flags.may_embed_in(kind);
        assert_eq!(
            [of("taskrun"), of("pipelinerun"), of("pipeline")],
            [false, true, false]
        );
    }

    #[test]
    fn no_flag_is_named_twice() {
        let names: Vec<_> = Flags::names().collect();
        let unique: BTreeSet<_> = names.iter().collect();
        assert_eq!(unique.len(), names.len());
    }
}
