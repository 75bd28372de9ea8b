//! Many small decision trees whose leaves add up: how likely a proposed correction is right.

use super::format::{Reader, Writer};

/// A question or a leaf. Trees are stored in one list; children always come after their parent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// Goes to `low` when the feature is at most the limit, else to `low + 1`.
    Split {
        /// Which feature.
        feature: u16,
        /// Where to split.
        limit: f32,
        /// Position of the first child.
        low: u32,
    },
    /// Adds this to the score.
    Leaf(f32),
}

/// The trees.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trees {
    /// Score before any tree.
    pub base: f32,
    /// Position of each tree's first node.
    pub roots: Vec<u32>,
    /// All nodes.
    pub nodes: Vec<Node>,
}

impl Trees {
    /// The score (log odds) of one proposal.
    pub fn score(&self, features: &[f32]) -> f32 {
        self.base + self.roots.iter().map(|root| self.leaf(*root, features)).sum::<f32>()
    }

    /// The score as a probability.
    pub fn probability(&self, features: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(features)).exp())
    }

    fn leaf(&self, root: u32, features: &[f32]) -> f32 {
        let mut at = root;
        loop {
            match self.nodes[at as usize] {
                Node::Leaf(value) => return value,
                Node::Split { feature, limit, low } => {
                    at = low + u32::from(features[usize::from(feature)] > limit);
                }
            }
        }
    }

    /// Writes them into a model file.
    pub fn write(&self, out: &mut Writer) {
        out.fraction(self.base);
        out.number(self.roots.len());
        self.roots.iter().for_each(|root| out.number(*root as usize));
        out.number(self.nodes.len());
        for node in &self.nodes {
            match *node {
                Node::Leaf(value) => {
                    out.short(u16::MAX);
                    out.fraction(value);
                }
                Node::Split { feature, limit, low } => {
                    out.short(feature);
                    out.fraction(limit);
                    out.number(low as usize);
                }
            }
        }
    }

    /// Reads them from a model file; every step of every tree must lead forward.
    pub fn read(input: &mut Reader<'_>, features: usize) -> Result<Self, String> {
        let base = input.fraction()?;
        let roots = input.number()?;
        let roots = (0..roots).map(|_| input.number().map(|root| root as u32)).collect::<Result<Vec<_>, _>>()?;
        let count = input.number()?;
        let mut nodes = Vec::new();
        for at in 0..count {
            nodes.push(match input.short()? {
                u16::MAX => Node::Leaf(input.fraction()?),
                feature if usize::from(feature) >= features => return Err(format!("unknown feature {feature}")),
                feature => {
                    let (limit, low) = (input.fraction()?, input.number()?);
                    if low <= at || low + 1 >= count {
                        return Err("a tree does not lead to a leaf".to_owned());
                    }
                    Node::Split { feature, limit, low: low as u32 }
                }
            });
        }
        if roots.iter().any(|root| *root as usize >= count) {
            return Err("a tree is missing".to_owned());
        }
        Ok(Self { base, roots, nodes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stump() -> Trees {
        let split = Node::Split { feature: 1, limit: 0.5, low: 1 };
        Trees { base: 0.0, roots: vec![0], nodes: vec![split, Node::Leaf(-2.0), Node::Leaf(2.0)] }
    }

    #[test]
    fn features_lead_to_leaves() {
        assert!(stump().probability(&[0.0, 0.0]) < 0.2);
        assert!(stump().probability(&[0.0, 1.0]) > 0.8);
    }

    #[test]
    fn trees_read_back_and_loops_are_refused() {
        let mut out = Writer::default();
        stump().write(&mut out);
        let bytes = out.finish();
        assert_eq!(Trees::read(&mut Reader::new(&bytes), 2), Ok(stump()));
        assert!(Trees::read(&mut Reader::new(&bytes), 1).is_err());
        let mut looping = stump();
        looping.nodes[0] = Node::Split { feature: 0, limit: 0.0, low: 0 };
        let mut out = Writer::default();
        looping.write(&mut out);
        assert!(Trees::read(&mut Reader::new(&out.finish()), 2).is_err());
    }
}
