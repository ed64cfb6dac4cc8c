use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "open-policy",
    confidence: Confidence::High,
    profile: Profile::Strict,
    kinds: &["AppProject"],
    title: "a policy that allows every action",
    why: "With `*` for the action a role of a project may also override, delete, run in pods (`exec`) and call actions of \
          resources.",
    fix: "Name the actions: `get`, `sync`.",
    source: "argo-cd v3.5 docs/operator-manual/rbac.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec:
  sourceRepos: ['https://git.example.com/shop/*']
  destinations: [{server: 'https://kubernetes.default.svc', namespace: shop}]
  roles:
  - name: ci
    policies: [⟦'p, proj:shop:ci, applications, *, shop/*, allow'⟧]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec:
  sourceRepos: ['https://git.example.com/shop/*']
  destinations: [{server: 'https://kubernetes.default.svc', namespace: shop}]
  roles:
  - name: ci
    policies: ['p, proj:shop:ci, applications, sync, shop/*, allow']
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let roles = surface.root.get("spec").into_iter().flat_map(|spec| spec.items_of("roles"));
    for policy in roles.flat_map(|role| role.items_of("policies")) {
        let mut fields = policy.text().unwrap_or_default().split(',').map(str::trim);
        if fields.next() == Some("p") && fields.nth(2) == Some("*") && fields.nth(1) == Some("allow") {
            sink.push(sink.finding("this allows every action, `override`, `delete` and `exec` too").at(policy.place()));
        }
    }
}
