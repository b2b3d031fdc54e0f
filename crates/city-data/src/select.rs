//! The nodes that a data-source schema speaks of.
//!
//! A node path is a list of keys from the root's children, divided by `/`. A key may select among
//! siblings by what a child of theirs says: `CHILDREN/CHILD[SURROGATE={subject}]/BIRTH_DATE`, where
//! `{subject}` is the one a request is about. The subject is put in after the path has been taken
//! apart, so that it can never change what the path means.

use crate::{Language, Node};

/// The longest node path.
pub const MAX_SELECTOR_BYTES: usize = 1024;

/// A node path that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// It is longer than [`MAX_SELECTOR_BYTES`].
    #[error("the node path is longer than {MAX_SELECTOR_BYTES} bytes")]
    TooLong,
    /// It is not keys divided by `/`, each with at most one `[KEY=value]`.
    #[error("the node path is malformed at byte {at}")]
    Malformed {
        /// Where.
        at: usize,
    },
}

/// Returns the nodes below `root` that `node_path` leads to, in the file's order.
///
/// An empty `subject` is nobody: a path that needs one then leads nowhere.
///
/// # Errors
///
/// Fails if `node_path` is not a node path. That nothing is there is not an error.
pub fn select<'a>(
    root: &'a Node,
    node_path: &str,
    subject: &str,
) -> Result<Vec<&'a Node>, SelectError> {
    let steps = parse(node_path)?;
    let mut found = vec![root];
    for step in &steps {
        found = found
            .into_iter()
            .flat_map(|node| &node.children)
            .filter(|node| step.is_met_by(node, subject))
            .collect();
    }
    Ok(found)
}

struct Step<'p> {
    key: &'p str,
    condition: Option<Condition<'p>>,
}

struct Condition<'p> {
    key: &'p str,
    operand: Operand<'p>,
}

enum Operand<'p> {
    Subject,
    Literal(&'p str),
}

impl Step<'_> {
    fn is_met_by(&self, node: &Node, subject: &str) -> bool {
        let Some(condition) = &self.condition else {
            return node.key == self.key;
        };
        let wanted = match condition.operand {
            Operand::Subject => subject,
            Operand::Literal(literal) => literal,
        };
        node.key == self.key
            && !wanted.is_empty()
            && node
                .children
                .iter()
                .filter(|child| child.key == condition.key)
                .filter_map(|child| child.value.as_ref())
                .any(|value| value.plain(Language::default()) == wanted)
    }
}

fn parse(node_path: &str) -> Result<Vec<Step<'_>>, SelectError> {
    if node_path.len() > MAX_SELECTOR_BYTES {
        return Err(SelectError::TooLong);
    }
    let mut steps = Vec::new();
    let mut rest = node_path;
    loop {
        let at = |rest: &str| SelectError::Malformed {
            at: node_path.len() - rest.len(),
        };
        let (key, after) = split_key(rest, &['/', '[']).ok_or_else(|| at(rest))?;
        let (condition, after) = match after.strip_prefix('[') {
            None => (None, after),
            Some(inside) => {
                let (condition, after) = condition(inside).ok_or_else(|| at(inside))?;
                (Some(condition), after)
            }
        };
        steps.push(Step { key, condition });
        if after.is_empty() {
            return Ok(steps);
        }
        rest = after.strip_prefix('/').ok_or_else(|| at(after))?;
    }
}

/// Reads `KEY=value]` and returns what follows it.
fn condition(inside: &str) -> Option<(Condition<'_>, &str)> {
    let (key, after) = split_key(inside, &['='])?;
    let (value, after) = after.strip_prefix('=')?.split_once(']')?;
    let operand = match value {
        "" => return None,
        "{subject}" => Operand::Subject,
        literal if literal.contains(['{', '}', '[']) => return None,
        literal => Operand::Literal(literal),
    };
    Some((Condition { key, operand }, after))
}

/// Takes a key that is not empty, up to one of `ends` or the end.
fn split_key<'t>(text: &'t str, ends: &[char]) -> Option<(&'t str, &'t str)> {
    let (key, after) = text.split_at_checked(text.find(ends).unwrap_or(text.len()))?;
    let is_key = !key.is_empty() && !key.contains(['[', ']', '=', '{', '}', '/']);
    is_key.then_some((key, after))
}

#[cfg(test)]
mod tests;
