use super::difference;

#[test]
fn quick() {
    for text in ["a: 1\n", "- a\n- b: c\n  d: e\n"] {
        assert_eq!(difference(text), None);
    }
}
