use std::ops::Range;

use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "project-role",
    kinds: &["AppProject"],
    title: "a role of an AppProject whose name, policy or group Argo CD refuses",
    why: "A policy of a project is `p, proj:PROJECT:ROLE, RESOURCE, ACTION, PROJECT/OBJECT, allow` or `deny`: its \
          subject is the role that it stands in, its object is of the project. One policy that is not makes the \
          whole project invalid.",
    fix: "Write the policy in that form.",
    source: "argo-cd v3.5.1 pkg/apis/application/v1alpha1/types.go, `validatePolicy`, `validateRoleName`, \
          `validateGroupName`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  roles:
  - name: ci
    groups: [⟦'acme, ci'⟧]
    policies:
    - p, proj:shop:ci, applications, sync, shop/*, allow
    - p, ⟦proj:shop:cd⟧, applications, sync, shop/*, allow
    - p, proj:shop:ci, ⟦application⟧, sync, shop/*, allow
    - p, proj:shop:ci, applications, ⟦synch⟧, shop/*, allow
    - p, proj:shop:ci, applications, sync, ⟦other/*⟧, allow
    - p, proj:shop:ci, applications, sync, shop/*, ⟦allowed⟧
    - ⟦p, proj:shop:ci, applications, sync, shop/*⟧
  - name: ⟦-ci⟧
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  roles:
  - name: ci
    groups: ['acme:ci']
    policies:
    - p, proj:shop:ci, applications, action/apps/Deployment/restart, shop/team/*, allow
    - p, proj:shop:ci, logs, get, shop/web, deny
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

const RESOURCES: [&str; 6] = ["applications", "applicationsets", "repositories", "exec", "logs", "clusters"];
const ACTIONS: [&str; 7] = ["get", "create", "update", "delete", "sync", "override", "*"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::AppProject(project)) = &entry.object else { return };
    for (index, role) in project.spec.roles.iter().enumerate() {
        let at = entry.path.key("spec").key("roles").index(index);
        let name = role.name.as_str();
        if !is_role_name(name) && entry.document.has(&at.key("name")) {
            let message = format!("`{name}` is no name of a role: letters, digits, and `-` and `_` between them");
            sink.push(sink.finding(message).at(entry.document.locate(&at.key("name"))));
        }
        for (index, policy) in role.policies.iter().enumerate() {
            let Some((range, why)) = policy_fault(policy, entry.object_name(), name) else { continue };
            let scalar = entry.document.scalar(&at.key("policies").index(index));
            sink.push(sink.finding(why).at(scalar.map(|scalar| scalar.place_of(range))));
        }
        for (index, group) in role.groups.iter().enumerate() {
            if let Some(why) = group_fault(group) {
                let place = entry.document.locate(&at.key("groups").index(index));
                sink.push(sink.finding(why).at(place));
            }
        }
    }
}

fn is_role_name(name: &str) -> bool {
    let is_outer = |letter: char| letter.is_ascii_alphanumeric();
    name.starts_with(is_outer)
        && name.ends_with(is_outer)
        && name.chars().all(|letter| is_outer(letter) || matches!(letter, '-' | '_'))
}

/// What is wrong with a policy, and where in it.
fn policy_fault(policy: &str, project: &str, role: &str) -> Option<(Range<usize>, String)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in policy.split(',') {
        let trimmed = part.trim_matches(' ');
        let at = start + (part.len() - part.trim_start_matches(' ').len());
        parts.push((trimmed, at..at + trimmed.len()));
        start += part.len() + 1;
    }
    let [(p, _), (subject, subject_at), (resource, resource_at), (action, action_at), (object, object_at), (effect, effect_at)] = &parts[..]
    else {
        return Some((0..policy.len(), "a policy has six parts: `p, subject, resource, action, object, allow` or `deny`".to_owned()));
    };
    let near = |name: &str, known: &[&'static str]| {
        let near = did_you_mean(name, known.iter().copied());
        near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
    };
    if *p != "p" {
        return Some((0..policy.len(), "a policy begins with `p`".to_owned()));
    }
    let expected = format!("proj:{project}:{role}");
    if *subject != expected && !project.is_empty() {
        return Some((subject_at.clone(), format!("the subject of a policy of this role is `{expected}`, not `{subject}`")));
    }
    if !RESOURCES.contains(resource) {
        let message = format!("`{resource}` is no resource of a project{}", near(resource, &RESOURCES));
        return Some((resource_at.clone(), message));
    }
    let is_of_object = |verb: &str| action.contains(verb);
    if !ACTIONS.contains(action) && !["action/", "update/", "delete/"].iter().any(|verb| is_of_object(verb)) {
        return Some((action_at.clone(), format!("`{action}` is no action{}", near(action, &ACTIONS))));
    }
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|it| it.is_ascii_alphanumeric() || "*_-.".contains(it));
    let below = object.strip_prefix(project).and_then(|rest| rest.strip_prefix('/'));
    let is_object = below.is_some_and(|below| {
        let mut parts = below.split('/');
        parts.clone().count() <= 2 && parts.all(is_part)
    });
    if !is_object && !project.is_empty() {
        return Some((object_at.clone(), format!("the object of a policy is `{project}/*`, `{project}/APPLICATION` or `{project}/NAMESPACE/APPLICATION`")));
    }
    if !["allow", "deny"].contains(effect) {
        return Some((effect_at.clone(), format!("the effect of a policy is `allow` or `deny`, not `{effect}`")));
    }
    None
}

fn group_fault(group: &str) -> Option<String> {
    let trimmed = group.trim();
    let quoted = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|_| trimmed.len() > 1);
    let name = quoted.unwrap_or(trimmed);
    if quoted.is_none() && name.contains(',') {
        return Some(format!("group `{group}` has a comma: it must stand in double quotes"));
    }
    if name.is_empty() {
        return Some("the name of a group is empty".to_owned());
    }
    if name.contains(['"', '\n', '\r', '\t']) {
        return Some(format!("group `{group}` has characters that no group has"));
    }
    (group.chars().count() > 1 && trimmed.len() != group.len()).then(|| format!("group `{group}` begins or ends with white space"))
}
