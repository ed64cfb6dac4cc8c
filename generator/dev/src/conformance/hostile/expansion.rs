//! The kubelet's `$(VAR)` in `command` and `args`.
//!
//! The rule is that of k8s.io/kubernetes v1.36.3 `third_party/forked/golang/expansion/expand.go` (Expand, MappingFuncFor): `$$` is one
//! `$`, `$(NAME)` is the variable's value or stays as it is where there is none, an incomplete reference stays.

use std::collections::BTreeMap;

/// `text` with its references replaced.
pub(super) fn expand(text: &str, variables: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) = rest
            .strip_prefix('(')
            .and_then(|inside| inside.split_once(')'))
        {
            match variables.get(name) {
                Some(value) => out.push_str(value),
                None => out.extend(["$(", name, ")"]),
            }
            rest = after;
        } else {
            out.push('$');
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_expanded_as_the_kubelet_does() {
        let variables = BTreeMap::from([
            ("VAR_A".to_owned(), "A".to_owned()),
            ("VAR_B".to_owned(), "B".to_owned()),
            ("VAR_EMPTY".to_owned(), String::new()),
        ]);
        // Cases of upstream's expand_test.go.
        for (input, expected) in [
            ("$(VAR_A)", "A"),
            ("___$(VAR_B)___", "___B___"),
            ("$(VAR_A)-1", "A-1"),
            ("$$(VAR_B)_$(VAR_A)", "$(VAR_B)_A"),
            ("$$(VAR_A)", "$(VAR_A)"),
            ("$$$(VAR_A)", "$A"),
            ("$$$$(VAR_A)", "$$(VAR_A)"),
            ("$$$$$(VAR_A)", "$$A"),
            ("$VAR_A", "$VAR_A"),
            ("$(VAR_DNE)", "$(VAR_DNE)"),
            ("$()", "$()"),
            ("$(VAR_A", "$(VAR_A"),
            ("$$(VAR_A", "$(VAR_A"),
            ("foo$", "foo$"),
            ("$?", "$?"),
            ("$(VAR_EMPTY)x", "x"),
            ("\n$(VAR_A)", "\nA"),
        ] {
            assert_eq!(expand(input, &variables), expected, "{input}");
        }
    }
}
