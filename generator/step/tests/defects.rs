//! The defects of the system that did this before, in shell and in YAML by hand, and the tests that show each absent.
//!
//! A test says in its documentation which it shows: `/// Defect S1: what went wrong there.`
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What became of a defect.
enum Fate {
    /// Tests show that it is absent.
    Shown(&'static [&'static str]),
    /// It cannot be here: why.
    Elsewhere(&'static str),
}

use Fate::{Elsewhere, Shown};

/// Letters and how many defects each has: security, workflows, event filtering, races, providers, builds.
const FAMILIES: [(&str, usize); 6] = [("S", 11), ("W", 12), ("E", 1), ("R", 9), ("P", 7), ("B", 6)];

const DEFECTS: [(&str, Fate); 46] = [
    (
        "S1",
        Shown(&["a_hostile_tag_or_branch_is_a_run_with_that_very_ref_or_none"]),
    ),
    (
        "S2",
        Shown(&["an_event_without_the_providers_token_is_refused_by_its_source"]),
    ),
    ("S3", Shown(&["no_role_has_a_wildcard_or_reads_secrets"])),
    (
        "S4",
        Shown(&[
            "pods_that_run_users_code_get_no_token",
            "each_namespace_has_the_secrets_of_its_jobs_and_no_others",
        ]),
    ),
    (
        "S5",
        Shown(&["no_argument_no_name_of_a_variable_no_log_and_no_file_has_a_secret"]),
    ),
    (
        "S6",
        Elsewhere("a password in the repositories of Dagster; nothing of Dagster is compiled"),
    ),
    (
        "S7",
        Shown(&[
            "app_projects_of_environments_permit_no_kind_that_nothing_has",
            "developers_sync_only_where_argo_cd_syncs_by_itself",
        ]),
    ),
    (
        "S8",
        Elsewhere(
            "protection of branches, which whoever sets up repositories decides; no verb does",
        ),
    ),
    (
        "S9",
        Elsewhere(
            "a buildpack that evaluated names of scripts; no buildpack is part of this, and no verb has a shell",
        ),
    ),
    (
        "S10",
        Shown(&[
            "every_image_of_the_stack_runs_as_a_numeric_user",
            "pods_hold_no_token_and_write_nowhere_but_in_tmp",
        ]),
    ),
    (
        "S11",
        Shown(&["an_event_without_the_providers_token_is_refused_by_its_source"]),
    ),
    (
        "W1",
        Shown(&["what_kpack_builds_is_yaml_with_its_bindings_in_every_combination"]),
    ),
    ("W2", Shown(&["comments_order_and_what_others_wrote_stay"])),
    (
        "W3",
        Elsewhere(
            "a kind of source repository that its maker did not know; no verb makes source repositories",
        ),
    ),
    ("W4", Shown(&["every_template_declares_what_it_uses"])),
    ("W5", Shown(&["every_template_declares_what_it_uses"])),
    (
        "W6",
        Shown(&["every_account_that_pods_run_as_is_compiled_for_their_namespace"]),
    ),
    ("W7", Shown(&["a_gateway_has_routes_and_a_tunnel_has_none"])),
    (
        "W8",
        Shown(&["the_limit_of_every_run_holds_those_of_all_its_parts_with_all_their_attempts"]),
    ),
    (
        "W9",
        Elsewhere(
            "settings of Argo's controllers, written over; they are of whoever installs these, and none is compiled",
        ),
    ),
    (
        "W10",
        Shown(&[
            "a_reordered_argument_list_cannot_miswire",
            "a_name_is_a_label_and_tells_any_two_events_apart",
        ]),
    ),
    (
        "W11",
        Shown(&["every_step_that_can_be_given_an_authority_is_given_the_platforms"]),
    ),
    (
        "W12",
        Shown(&["every_result_of_a_step_is_read_by_somebody"]),
    ),
    (
        "E1",
        Shown(&[
            "recorded_events_of_every_provider_make_the_runs_that_are_expected_of_them",
            "only_the_release_branch_of_a_deployed_application_is_released",
            "the_gitops_repository_is_dropped_where_it_is_hosted_and_only_there",
            "a_rebuild_of_another_branchs_commit_is_never_released",
        ]),
    ),
    (
        "R1",
        Shown(&["a_stale_build_of_another_commit_is_never_the_answer_however_long_it_takes"]),
    ),
    (
        "R2",
        Shown(&[
            "a_commit_that_was_built_without_this_tag_is_built_once_more_with_it",
            "a_build_that_failed_before_is_tried_again_and_not_taken_for_this_ones_end",
            "a_build_that_failed_before_is_tried_again_under_another_name",
        ]),
    ),
    ("R3", Shown(&["twenty_releases_at_once_all_land"])),
    (
        "R4",
        Shown(&[
            "ended_after_any_change_and_run_again_it_is_one_branch_and_one_pull_request_at_github",
            "of_several_images_the_application_s_own_is_promoted_and_never_a_guess",
            "without_a_release_there_is_nothing_to_promote",
        ]),
    ),
    (
        "R5",
        Elsewhere("repositories that stayed half made; no verb makes repositories"),
    ),
    (
        "R6",
        Elsewhere(
            "objects of Argo CD that were made once and never changed; they are compiled, and Argo CD applies them",
        ),
    ),
    (
        "R7",
        Elsewhere("placeholders of Secrets that Argo CD wrote back; no Secret is compiled"),
    ),
    (
        "R8",
        Elsewhere(
            "a force push over repositories of infrastructure; no verb makes repositories or pushes with force to one that it shares",
        ),
    ),
    (
        "R9",
        Elsewhere(
            "a second request to Harbor after a failed one; no verb makes projects of a registry",
        ),
    ),
    ("P1", Shown(&["the_api_of_each_shape_of_url_is_found"])),
    (
        "P2",
        Shown(&["kpack_finds_credentials_and_trust_where_it_looks_for_them"]),
    ),
    ("P3", Shown(&["the_api_of_each_shape_of_url_is_found"])),
    (
        "P4",
        Shown(&["a_url_with_a_user_and_an_encoded_project_is_cloned_as_it_is"]),
    ),
    ("P5", Shown(&["the_credentials_of_one_host_reach_no_other"])),
    (
        "P6",
        Shown(&["an_application_goes_to_the_cluster_of_its_environment"]),
    ),
    ("P7", Elsewhere("words of its documentation")),
    (
        "B1",
        Elsewhere("how images of its buildpack start; no buildpack is part of this"),
    ),
    (
        "B2",
        Shown(&[
            "what_buildpacks_wrote_is_attached_in_its_best_format",
            "an_image_is_signed_by_digest_and_its_origin_attested",
            "the_first_image_is_refused_for_all_that_the_policy_names_and_its_report_is_there",
        ]),
    ),
    (
        "B3",
        Elsewhere("how its buildpack read settings; no buildpack is part of this"),
    ),
    (
        "B4",
        Shown(&["a_new_base_or_a_changed_source_builds_again"]),
    ),
    (
        "B5",
        Shown(&["no_container_runs_a_program_from_yaml_and_every_one_is_pinned_and_limited"]),
    ),
    (
        "B6",
        Shown(&[
            "a_release_is_one_commit_that_says_what_was_built_from_what",
            "a_run_of_tekton_is_told_to_the_provider_and_signed_to_the_webhook",
        ]),
    ),
];

/// Every Rust file of the crates.
fn sources() -> Vec<PathBuf> {
    let (mut found, mut folders) = (
        Vec::new(),
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")],
    );
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|end| end == "rs") => found.push(path),
                _ => {}
            }
        }
    }
    found
}

/// A letter and a number at the start of a text: `S1`.
fn defect(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, _) = text.split_at(end);
    let number = name.strip_prefix(|c: char| c.is_ascii_uppercase())?;
    number.parse::<usize>().is_ok().then_some(name)
}

/// Tests by the defect that they say they show.
fn shown() -> BTreeMap<String, BTreeSet<String>> {
    let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        let (mut named, mut is_test) = (Vec::new(), false);
        for line in text.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("/// Defect ") {
                named.extend(defect(words).map(str::to_owned));
            } else if line.starts_with("#[") {
                is_test |= line == "#[test]";
            } else if let Some(rest) = line.strip_prefix("fn ") {
                let name = rest.split('(').next().unwrap_or_default();
                for defect in named.drain(..) {
                    assert!(is_test, "`{name}` shows {defect} and is no test");
                    shown.entry(defect).or_default().insert(name.to_owned());
                }
                is_test = false;
            } else if !line.starts_with("///") {
                assert!(
                    named.is_empty(),
                    "{}: {named:?} is of nothing",
                    file.display()
                );
                is_test = false;
            }
        }
    }
    shown
}

#[test]
fn every_defect_of_the_system_before_is_shown_absent_or_cannot_be_here() {
    let expected: Vec<String> = FAMILIES
        .iter()
        .flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}")))
        .collect();
    let listed: Vec<&str> = DEFECTS.iter().map(|(defect, _)| *defect).collect();
    assert_eq!(listed, expected);
    let mut shown = shown();
    for (defect, fate) in &DEFECTS {
        let by = shown.remove(*defect).unwrap_or_default();
        let by: BTreeSet<&str> = by.iter().map(String::as_str).collect();
        match fate {
            Shown(tests) => {
                let missing: Vec<_> = tests.iter().filter(|test| !by.contains(**test)).collect();
                assert!(missing.is_empty(), "{defect}: no test {missing:?} says so");
            }
            Elsewhere(why) => assert!(by.is_empty() && !why.is_empty(), "{defect}: {by:?}"),
        }
    }
    assert!(shown.is_empty(), "of no system: {shown:?}");
}
