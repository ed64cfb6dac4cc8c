//! Platforms for unit tests.

use luban_platform::Platform;

/// Who hears of builds, in the platform of tests.
pub(crate) const REPORT: &str = r#"  report:
    url: https://hooks.acme.dev/builds
    secret: report-key
    metrics: https://pushgateway.acme.dev
    logs: "https://grafana.acme.dev/d/luban?var-namespace={namespace}&var-run={run}"
"#;

/// The platform that this repository describes.
pub(crate) fn platform() -> Platform {
    load(include_str!("../../../platform.yaml"))
}

/// The platform in `text`; its findings end the test.
pub(crate) fn load(text: &str) -> Platform {
    let loaded = luban_platform::load("platform.yaml", text.as_bytes());
    match loaded.platform {
        Some(platform) => platform,
        None => panic!("{:#?}", loaded.findings),
    }
}

/// The platform of this repository with each of `edits` (from, to) applied to its text once.
pub(crate) fn edited(edits: &[(&str, &str)]) -> Platform {
    let mut text = include_str!("../../../platform.yaml").to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "platform.yaml lacks `{from}`");
        text = text.replacen(from, to, 1);
    }
    load(&text)
}

/// The platform of this repository with `edits`, in which only changes of some paths build `applications`, and any change
/// builds the others.
pub(crate) fn filtered(edits: &[(&str, &str)], applications: &[&str]) -> Platform {
    let mut platform = edited(edits);
    for project in &mut platform.projects {
        let mut own = project.as_ref().clone();
        for application in &mut own.applications {
            application.source.paths = if applications.contains(&application.name.as_str()) {
                vec!["src/**".to_owned()]
            } else {
                Vec::new()
            };
        }
        *project = own.into();
    }
    platform
}

/// An edit that moves the repositories of project `storefront` from GitHub to Gitea.
pub(crate) const STOREFRONT_ON_GITEA: (&str, &str) = (
    "provider: github\n      repositoryProject: railwayapp",
    "provider: gitea\n      repositoryProject: railwayapp",
);

#[cfg(test)]
mod tests {
    #[test]
    fn the_platform_of_this_repository_loads() {
        let platform = super::platform();
        assert_eq!(platform.applications().count(), 6);
    }
}
