//! What a tool that changes somebody's file leaves alone.
#![allow(missing_docs, clippy::unwrap_used)]

use luban_yaml::{Budget, EditError, Editor, Path, PathSegment, parse, read};
use proptest::prelude::*;
use serde_json::{Value, json};

fn path(text: &str) -> Path {
    let segments = text.split('.').filter(|part| !part.is_empty());
    Path::from(
        segments
            .map(|part| match part.parse() {
                Ok(index) => PathSegment::Index(index),
                Err(_) => PathSegment::Key(part.into()),
            })
            .collect::<Vec<_>>(),
    )
}

fn set(text: &str, at: &str, value: Value) -> String {
    let mut editor = Editor::new("a.yaml", text).unwrap();
    editor.set(&path(at), &value).unwrap();
    editor.text().to_owned()
}

fn removed(text: &str, at: &str) -> String {
    let mut editor = Editor::new("a.yaml", text).unwrap();
    editor.remove(&path(at)).unwrap();
    editor.text().to_owned()
}

fn appended(text: &str, at: &str, value: Value) -> String {
    let mut editor = Editor::new("a.yaml", text).unwrap();
    editor.append(&path(at), &value).unwrap();
    editor.text().to_owned()
}

const RELEASE: &str = "\
# written by hand
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component

images:
# the shop itself
- name: shop # its name
  newName: registry/shop
  newTag: \"1.0\"   # of Monday

- name: till
  digest: sha256:aa
# the end
";

#[test]
fn a_release_changes_the_image_and_nothing_else() {
    let mut editor = Editor::new("kustomization.yaml", RELEASE).unwrap();
    let images = Path::root().key("images");
    let at = |editor: &Editor, name: &str| {
        editor.position(&images, |image| image.text("name") == Some(name))
    };
    let shop = images.index(at(&editor, "shop").unwrap());
    editor.set(&shop.key("newTag"), "1.1").unwrap();
    editor.set(&shop.key("digest"), "sha256:bb").unwrap();
    editor.set(&shop.key("newName"), "other/shop").unwrap();
    let till = images.index(at(&editor, "till").unwrap());
    editor.set(&till.key("newTag"), "2").unwrap();
    editor.remove(&till.key("digest")).unwrap();
    assert_eq!(at(&editor, "nobody"), None);
    editor
        .append(&images, &json!({"name": "new", "newTag": "on"}))
        .unwrap();
    assert_eq!(
        editor.text(),
        "\
# written by hand
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component

images:
# the shop itself
- name: shop # its name
  newName: other/shop
  newTag: \"1.1\"   # of Monday
  digest: sha256:bb

- name: till
  newTag: \"2\"
- name: new
  newTag: \"on\"
# the end
"
    );
}

#[test]
fn a_value_is_replaced_in_every_style() {
    for (text, at, value, expected) in [
        ("a: b\n", "a", json!("c"), "a: c\n"),
        ("a: b", "a", json!("c"), "a: c"),
        ("a: 'b' # x\n", "a", json!("yes"), "a: 'yes' # x\n"),
        ("a: 'b'\n", "a", json!("it's"), "a: \"it's\"\n"),
        ("a: 1\n", "a", json!(2), "a: 2\n"),
        ("a: 1\n", "a", json!("2"), "a: \"2\"\n"),
        ("a: \"1\"\n", "a", json!(2), "a: 2\n"),
        ("a: b\n", "a", json!("x\ny\n"), "a: \"x\\ny\\n\"\n"),
        ("a:\nb: 1\n", "a", json!("c"), "a: c\nb: 1\n"),
        ("a: # x\nb: 1\n", "a", json!("c"), "a: c # x\nb: 1\n"),
        (
            "a: |\n  x\n  y\n# z\nb: 1\n",
            "a",
            json!("c"),
            "a: c\n# z\nb: 1\n",
        ),
        (
            "a: # k\n  b: 1\n  c: 2\nd: 3\n",
            "a",
            json!("c"),
            "a: c # k\nd: 3\n",
        ),
        (
            "a: {b: 1, c: [x, y]} # z\n",
            "a.c.1",
            json!("q"),
            "a: {b: 1, c: [x, \"q\"]} # z\n",
        ),
        ("a: {b: 1}\n", "a.c", json!([1]), "a: {b: 1, \"c\": [1]}\n"),
        ("a: {}\n", "a.c", json!(1), "a: {\"c\": 1}\n"),
        ("- a # x\n- b\n", "0", json!("c"), "- c # x\n- b\n"),
        (
            "a: 1 # x\n",
            "a",
            json!({"k": [1, 2]}),
            "a: # x\n  k:\n  - 1\n  - 2\n",
        ),
        (
            "a: 1\nb: 2\n",
            "b",
            json!([{"k": 1, "l": 2}]),
            "a: 1\nb:\n- k: 1\n  l: 2\n",
        ),
        (
            "a:\n  b: 1\nc: 2\n",
            "a",
            json!({"k": 1}),
            "a:\n  k: 1\nc: 2\n",
        ),
        (
            "a:\n  b: 1\nc: 2\n",
            "a.d",
            json!("x"),
            "a:\n  b: 1\n  d: x\nc: 2\n",
        ),
        (
            "a:\n  b: |\n    x\nc: 2\n",
            "a.d",
            json!("x"),
            "a:\n  b: |\n    x\n  d: x\nc: 2\n",
        ),
        (
            "a: 1\r\nb: 2\r\n",
            "c",
            json!(3),
            "a: 1\r\nb: 2\r\nc: 3\r\n",
        ),
        ("a: 1", "c", json!(3), "a: 1\nc: 3"),
        (
            "a: 1 # x\n# y\n",
            "c",
            json!({"k": 1}),
            "a: 1 # x\nc:\n  k: 1\n# y\n",
        ),
        (
            "a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\n",
            "b.k",
            json!(3),
            "a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\n  k: 3\n",
        ),
        (
            "- - a: 1\n  - b\n",
            "0.0.c",
            json!(1),
            "- - a: 1\n    c: 1\n  - b\n",
        ),
    ] {
        let changed = set(text, at, value.clone());
        assert_eq!(changed, expected, "{text:?} {at} {value}");
    }
}

#[test]
fn entries_come_and_go() {
    for (text, at, expected) in [
        ("a: 1\nb: 2 # x\n# y\nc: 3\n", "b", "a: 1\n# y\nc: 3\n"),
        ("- a\n- b\n- c\n", "1", "- a\n- c\n"),
        ("- a: 1\n  b: 2\n- c\n", "0.a", "- b: 2\n- c\n"),
        ("x:\n- a: 1\n  b: 2\n- c\n", "x.0", "x:\n- c\n"),
        ("a: {b: 1, c: 2}\n", "a.b", "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", "a.c", "a: {b: 1}\n"),
        ("a: [x, y]\n", "a.1", "a: [x]\n"),
        ("a:\n  b: 1\nc: 2\n", "a.b", "a: {}\nc: 2\n"),
        ("a:\n- b\nc: 2\n", "a.0", "a: []\nc: 2\n"),
        ("a: |\n  x\n  y\nb: 1\n", "a", "b: 1\n"),
    ] {
        assert_eq!(removed(text, at), expected, "{text:?} {at}");
    }
    for (text, at, expected) in [
        ("a:\n- x\n", "a", "a:\n- x\n- new\n"),
        (
            "a:\n  - x # c\n\nb: 1\n",
            "a",
            "a:\n  - x # c\n  - new\n\nb: 1\n",
        ),
        ("a: [x]\n", "a", "a: [x, \"new\"]\n"),
        ("a: []\n", "a", "a:\n- new\n"),
        ("a:\n", "a", "a:\n- new\n"),
        ("- x", "", "- x\n- new"),
    ] {
        assert_eq!(appended(text, at, json!("new")), expected, "{text:?}");
    }
}

#[test]
fn what_cannot_be_changed_alone_is_refused_and_stays() {
    for (text, at) in [
        ("a: &x {k: 1}\nb: *x\n", "b.k"),
        ("a: &x 1\nb: *x\n", "a"),
        // Without this anchor the alias means another value.
        ("a: &x 1\nb: &x 2\nc: *x\n", "b"),
        ("a: 1\n", "b.c"),
        ("a: 1\n", "a.c"),
        ("- a\n", "1"),
    ] {
        let mut editor = Editor::new("a.yaml", text).unwrap();
        let refused = editor.set(&path(at), "new").unwrap_err();
        assert!(
            matches!(
                refused,
                EditError::Missing(_) | EditError::Elsewhere(_) | EditError::Unsafe(_)
            ),
            "{refused}"
        );
        assert_eq!(editor.text(), text);
    }
    for text in ["a: [\n", "a: 1\na: 2\n", "a: 1\n---\nb: 1\n", ""] {
        assert!(matches!(
            Editor::new("a.yaml", text),
            Err(EditError::Text(_))
        ));
    }
}

#[test]
fn a_comment_says_what_it_is_about() {
    let documents = parse("a.yaml", RELEASE.as_bytes(), &Budget::default()).unwrap();
    let comments: Vec<_> = documents[0]
        .comments()
        .into_iter()
        .map(|comment| {
            let line = comment.place.span.start.line;
            let about = comment.about.to_string();
            (line, comment.text, about, comment.is_trailing)
        })
        .collect();
    let expected = [
        (1, "# written by hand", "apiVersion", false),
        (6, "# the shop itself", "images[0]", false),
        (7, "# its name", "images[0].name", true),
        (9, "# of Monday", "images[0].newTag", true),
        (13, "# the end", "", false),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(line, text, about, is_trailing)| (line, text, about.to_owned(), is_trailing))
        .collect();
    assert_eq!(comments, expected);
}

#[test]
fn comments_belong_to_their_documents() {
    let text = "# 1\na: b # 2\n# 3\n---\n# 4\nc: 'd # no' # 5\n...\n# 6\n---\n- |\n # no\n# 7\n";
    let documents = parse("a.yaml", text.as_bytes(), &Budget::default()).unwrap();
    let texts: Vec<Vec<&str>> = documents
        .iter()
        .map(|document| {
            let comments = document.comments();
            comments.iter().map(|comment| comment.text).collect()
        })
        .collect();
    assert_eq!(
        texts,
        [
            vec!["# 1", "# 2", "# 3"],
            vec!["# 4", "# 5"],
            vec!["# 6", "# 7"]
        ]
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[ -~\n]{0,12}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-d]", inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Every path of a value.
fn paths(value: &Value, at: &Path, found: &mut Vec<Path>) {
    found.push(at.clone());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                paths(item, &at.index(index), found);
            }
        }
        Value::Object(pairs) => {
            for (key, item) in pairs {
                paths(item, &at.key(key), found);
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, path: &[PathSegment]) -> &'v mut Value {
    path.iter().fold(value, |value, segment| match segment {
        PathSegment::Key(key) => &mut value[&**key],
        PathSegment::Index(index) => &mut value[*index],
    })
}

/// The text with a comment behind and before each line that allows one.
fn commented(text: &str) -> String {
    if text.contains(['|', '>', '\u{85}', '\u{2028}', '\u{2029}']) {
        return text.to_owned();
    }
    text.lines()
        .map(|line| format!("# before\n{line} # behind\n"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_can_be_set_and_removed_in_what_luban_writes(
        before in any_value(),
        new in any_value(),
        choice in any::<prop::sample::Index>(),
        has_comments in any::<bool>(),
    ) {
        let text = luban_yaml::to_string(&before).unwrap();
        let text = if has_comments { commented(&text) } else { text };
        let mut editor = Editor::new("a.yaml", &text).unwrap();
        let mut found = Vec::new();
        paths(&before, &Path::root(), &mut found);
        let path = choice.get(&found).clone();
        editor.set(&path, &new).unwrap();
        let mut expected = before.clone();
        *at(&mut expected, &path) = new;
        let (read_back, findings) = read::<Value>(editor.document());
        prop_assert_eq!(findings, []);
        prop_assert_eq!(read_back.unwrap(), expected);
        if !path.is_empty() {
            let mut editor = Editor::new("a.yaml", &text).unwrap();
            editor.remove(&path).unwrap();
        }
    }
}
