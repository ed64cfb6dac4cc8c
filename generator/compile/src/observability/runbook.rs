//! Where the runbook is read: the address of a file in a provider's web site.

use luban_platform::model::{Gitops, ProviderKind};

/// The runbook in the GitOps repository.
const PATH: &str = "docs/runbook.md";

/// Address of the section `anchor` of the runbook.
pub(super) fn address(gitops: &Gitops, anchor: &str) -> String {
    let repository = &gitops.repository;
    let branch = escaped(&gitops.branch);
    match gitops.provider.kind {
        ProviderKind::GitHub { .. } => format!("{repository}/blob/{branch}/{PATH}#{anchor}"),
        ProviderKind::Gitea { .. } => format!("{repository}/src/branch/{branch}/{PATH}#{anchor}"),
        // `GB` says that a branch follows; a heading is a parameter of the preview, not a fragment.
        ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. } => {
            format!("{repository}?path=/{PATH}&version=GB{branch}&_a=preview&anchor={anchor}")
        }
    }
}

/// A branch in an address: Git allows characters in it that end a path or a parameter. A `/` means itself in both.
fn escaped(branch: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    branch.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::address;
    use crate::testing;

    #[test]
    fn the_runbook_opens_in_the_web_site_of_every_provider() {
        let platform = testing::platform();
        let of = |provider: &str| {
            let mut gitops = platform.gitops.clone();
            let mut known = platform.providers.iter();
            gitops.provider = known
                .find(|known| known.name.as_str() == provider)
                .unwrap()
                .clone();
            gitops.branch = "release/1#2".to_owned();
            let address = address(&gitops, "buildsfail");
            address
                .strip_prefix(gitops.repository.as_str())
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            of("github"),
            "/blob/release/1%232/docs/runbook.md#buildsfail"
        );
        assert_eq!(
            of("gitea"),
            "/src/branch/release/1%232/docs/runbook.md#buildsfail"
        );
        let azure = "?path=/docs/runbook.md&version=GBrelease/1%232&_a=preview&anchor=buildsfail";
        assert_eq!(of("azure"), azure);
        assert_eq!(of("onprem"), azure);
    }
}
