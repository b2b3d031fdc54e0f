//! A tree as rows, in reading order.
//!
//! Never recurses and never copies a value: a store walks the iterator and writes as it goes.

use std::collections::HashMap;

use crate::mask::{is_masked, is_masked_key, may_inherit_mask};
use crate::{Kind, Node, Value, path};

/// One node as a row: where it is, what it says, and whether to cover it.
#[derive(Clone, Debug, PartialEq)]
pub struct FlatNode<'a> {
    /// The place in reading order; the root is 0.
    pub seq: u32,
    /// The `seq` of the node it is in.
    pub parent: Option<u32>,
    /// How many nodes it is in.
    pub depth: u32,
    /// The key as the file gives it; empty if it gives none.
    pub key: &'a str,
    /// The keys from the root, which say which node this is: `BOATS/BOAT[2]/NAME`.
    pub path: String,
    /// What sort of thing it says.
    pub kind: Kind,
    /// What it says; [`Value::to_stored`] is its column.
    pub value: Option<&'a Value>,
    /// Whether a screen covers the value until the person asks.
    pub masked: bool,
    /// How many nodes are directly in it.
    pub child_count: u32,
    /// Whether it only holds another node of the same key; see [`Node::only_wraps`].
    pub only_wraps: bool,
}

/// Returns `root` and every node in it as rows, each after the one it is in.
pub fn flatten(root: &Node) -> Flatten<'_> {
    Flatten {
        path: String::new(),
        levels: vec![Level {
            siblings: std::slice::from_ref(root).iter(),
            parent: None,
            path_length: 0,
            is_masked: false,
            met: HashMap::new(),
        }],
        next_seq: 0,
    }
}

/// The iterator of [`flatten()`].
pub struct Flatten<'a> {
    path: String,
    levels: Vec<Level<'a>>,
    next_seq: u32,
}

/// The nodes in one node, as far as they have not been given yet.
struct Level<'a> {
    siblings: std::slice::Iter<'a, Node>,
    parent: Option<u32>,
    path_length: usize,
    is_masked: bool,
    /// How often each key was met among these siblings.
    met: HashMap<&'a str, u32>,
}

impl<'a> Iterator for Flatten<'a> {
    type Item = FlatNode<'a>;

    fn next(&mut self) -> Option<FlatNode<'a>> {
        while self.levels.last()?.siblings.len() == 0 {
            self.levels.pop();
        }
        let depth = self.levels.len().saturating_sub(1);
        let level = self.levels.last_mut()?;
        let node = level.siblings.next()?;

        let nth = level
            .met
            .entry(path::key_or_missing(&node.key))
            .or_insert(0);
        *nth += 1;
        self.path.truncate(level.path_length);
        path::push(&mut self.path, &node.key, *nth);

        let (parent, is_inherited) = (level.parent, level.is_masked);
        let seq = self.next_seq;
        self.next_seq += 1;
        if !node.children.is_empty() {
            self.levels.push(Level {
                siblings: node.children.iter(),
                parent: Some(seq),
                path_length: self.path.len(),
                is_masked: is_inherited || is_masked_key(&node.key),
                met: HashMap::new(),
            });
        }
        Some(FlatNode {
            seq,
            parent,
            depth: u32::try_from(depth).unwrap_or(u32::MAX),
            key: &node.key,
            path: self.path.clone(),
            kind: node.value.as_ref().map_or(Kind::Group, Value::kind),
            value: node.value.as_ref(),
            masked: node.value.as_ref().is_some_and(|value| {
                is_masked(&node.key, value) || is_inherited && may_inherit_mask(value)
            }),
            child_count: u32::try_from(node.children.len()).unwrap_or(u32::MAX),
            only_wraps: node.only_wraps(),
        })
    }
}
