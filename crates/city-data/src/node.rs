//! One node of the tree that every export becomes.
//!
//! Never prints what it holds: keys come from the file too.

use std::fmt;

use crate::{Reason, Value};

/// A named piece of an export: a leaf, a group, or both at once.
#[derive(Clone, Default, PartialEq)]
pub struct Node {
    /// The key as the file gives it, such as `BIRTH_DATE`. Empty if the file gives none, as for the
    /// items of a list.
    pub key: String,
    /// What the node says itself, or that the service could not say it.
    pub value: Option<Value>,
    /// The nodes in it, in the file's order.
    pub children: Vec<Node>,
}

impl Node {
    /// Returns the first child with `key`.
    pub fn child(&self, key: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.key == key)
    }

    /// Returns why the service could not give this part, if it said so.
    pub const fn error(&self) -> Option<&Reason> {
        match &self.value {
            Some(Value::Unavailable(reason)) => Some(reason),
            _ => None,
        }
    }

    /// Returns whether this holds nothing but one node of the same key, as when a service writes a
    /// whole node into `value`. A screen passes over it; paths keep both.
    pub fn only_wraps(&self) -> bool {
        matches!((&self.value, self.children.as_slice()), (None, [only]) if only.key == self.key)
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node")
            .field("value", &self.value)
            .field("children", &self.children.len())
            .finish_non_exhaustive()
    }
}
