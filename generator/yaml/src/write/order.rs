//! The order in which upstream declares the fields of Kubernetes types, which k8s-openapi writes by the alphabet.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Field names in the order to write them.
pub(super) type Order = Vec<&'static str>;

/// Eight bytes at a time: names are short and trusted, and every struct written is looked up.
#[derive(Default)]
struct Words(u64);

impl Hasher for Words {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        for word in words.iter().chain([&last]) {
            let mixed = self.0.rotate_left(5) ^ u64::from_le_bytes(*word);
            self.0 = mixed.wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    /// A string's end, which no other string's bytes contain.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

type Table = HashMap<&'static str, Order, BuildHasherDefault<Words>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    include_str!("order.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.collect()))
        })
        .collect()
});

static OBJECT: LazyLock<Order> = LazyLock::new(|| vec!["apiVersion", "kind", "metadata", "spec"]);

/// The order of the struct that serde calls `name`, where one is known.
pub(super) fn of_struct(name: &str) -> Option<&'static Order> {
    TABLE.get(name)
}

/// The order of a document's top level, whatever its type.
pub(super) fn of_object() -> &'static Order {
    &OBJECT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_names_a_type_and_at_least_two_fields_once() {
        let lines = include_str!("order.txt").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let name = line.split(' ').next().unwrap();
            let order = of_struct(name).unwrap();
            assert!(order.len() > 1, "{name}");
            let mut sorted = order.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), order.len(), "{name}");
        }
        assert!(TABLE.len() > 200);
    }
}
