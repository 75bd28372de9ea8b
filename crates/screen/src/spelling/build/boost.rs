//! Grows the decision trees: gradient boosting with logistic loss over features sorted into bins.

use crate::spelling::{
    features::{FEATURES, Features},
    trees::{Node, Trees},
};

/// One proposal whose truth is known.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its description.
    pub features: Features,
    /// Whether it was the right correction.
    pub right: bool,
    /// How much it counts.
    pub weight: f32,
}

const TREES: usize = 220;
const DEPTH: usize = 5;
const RATE: f32 = 0.1;
const BINS: usize = 64;
/// Keeps leaves with little evidence near nought.
const RIDGE: f64 = 4.0;
/// Least evidence of a leaf.
const LEAST: f64 = 4.0;

#[derive(Clone, Copy, Default)]
struct Sums {
    gradient: f64,
    curvature: f64,
}

impl Sums {
    fn value(self) -> f64 {
        self.gradient / (self.curvature + RIDGE)
    }
    fn score(self) -> f64 {
        self.gradient * self.value()
    }
}

/// Grows trees on examples. The same examples in the same order give the same trees.
pub fn grow(examples: &[Example]) -> Trees {
    let limits: Vec<Vec<f32>> = (0..FEATURES).map(|feature| limits(examples, feature)).collect();
    let bins: Vec<[u8; FEATURES]> = examples
        .iter()
        .map(|example| {
            std::array::from_fn(|at| limits[at].partition_point(|limit| *limit < example.features[at]) as u8)
        })
        .collect();
    let weight = |right: bool| -> f32 {
        examples.iter().filter(|example| example.right == right).map(|example| example.weight).sum::<f32>().max(1.0)
    };
    let mut trees = Trees { base: (weight(true) / weight(false)).ln(), ..Trees::default() };
    let mut scores = vec![trees.base; examples.len()];
    for _ in 0..TREES {
        let slopes: Vec<(f32, f32)> = examples
            .iter()
            .zip(&scores)
            .map(|(example, score)| {
                let probability = 1.0 / (1.0 + (-score).exp());
                let truth = f32::from(u8::from(example.right));
                (example.weight * (truth - probability), example.weight * probability * (1.0 - probability))
            })
            .collect();
        let rows: Vec<u32> = (0..examples.len() as u32).collect();
        let root = trees.nodes.len();
        trees.roots.push(root as u32);
        trees.nodes.push(Node::Leaf(0.0));
        let histogram = Histogram::of(&rows, &slopes, &bins);
        let mut open = vec![(root, rows, DEPTH, histogram)];
        while let Some((node, rows, depth, histogram)) = open.pop() {
            let split = if depth == 0 { None } else { histogram.best_split(&limits) };
            let Some((feature, bin)) = split else {
                let value = histogram.total().value() as f32 * RATE;
                trees.nodes[node] = Node::Leaf(value);
                rows.iter().for_each(|row| scores[*row as usize] += value);
                continue;
            };
            let low = trees.nodes.len();
            trees.nodes.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
            trees.nodes[node] = Node::Split { feature: feature as u16, limit: limits[feature][bin], low: low as u32 };
            let (left, right): (Vec<u32>, Vec<u32>) =
                rows.into_iter().partition(|row| usize::from(bins[*row as usize][feature]) <= bin);
            // Only the smaller side is counted; the other is what remains.
            let left_is_smaller = left.len() <= right.len();
            let counted = Histogram::of(if left_is_smaller { &left } else { &right }, &slopes, &bins);
            let rest = histogram.without(&counted);
            let (of_left, of_right) = if left_is_smaller { (counted, rest) } else { (rest, counted) };
            open.push((low + 1, right, depth - 1, of_right));
            open.push((low, left, depth - 1, of_left));
        }
    }
    trees
}

/// Values that divide a feature into bins of about the same number of examples.
fn limits(examples: &[Example], feature: usize) -> Vec<f32> {
    let step = (examples.len() / 50_000).max(1);
    let mut values: Vec<f32> = examples.iter().step_by(step).map(|example| example.features[feature]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    let mut limits =
        if distinct.len() < BINS { distinct } else { (1..BINS).map(|bin| values[values.len() * bin / BINS]).collect() };
    limits.dedup();
    limits
}

/// Sums of each bin of each feature.
struct Histogram(Vec<[Sums; BINS + 1]>);

impl Histogram {
    fn of(rows: &[u32], slopes: &[(f32, f32)], bins: &[[u8; FEATURES]]) -> Self {
        let mut sums = vec![[Sums::default(); BINS + 1]; FEATURES];
        for row in rows {
            let (gradient, curvature) = slopes[*row as usize];
            let (gradient, curvature) = (f64::from(gradient), f64::from(curvature));
            for (sums, bin) in sums.iter_mut().zip(&bins[*row as usize]) {
                let sum = &mut sums[usize::from(*bin)];
                sum.gradient += gradient;
                sum.curvature += curvature;
            }
        }
        Self(sums)
    }

    fn without(mut self, part: &Self) -> Self {
        for (sum, part) in self.0.iter_mut().flatten().zip(part.0.iter().flatten()) {
            sum.gradient -= part.gradient;
            sum.curvature -= part.curvature;
        }
        self
    }

    fn total(&self) -> Sums {
        let mut total = Sums::default();
        for sum in &self.0[0] {
            total.gradient += sum.gradient;
            total.curvature += sum.curvature;
        }
        total
    }

    fn best_split(&self, limits: &[Vec<f32>]) -> Option<(usize, usize)> {
        let total = self.total();
        let mut best = None;
        let mut best_gain = 1e-3;
        for (feature, sums) in self.0.iter().enumerate() {
            let mut left = Sums::default();
            for (bin, sum) in sums.iter().enumerate().take(limits[feature].len()) {
                left.gradient += sum.gradient;
                left.curvature += sum.curvature;
                let right =
                    Sums { gradient: total.gradient - left.gradient, curvature: total.curvature - left.curvature };
                if left.curvature < LEAST || right.curvature < LEAST {
                    continue;
                }
                let gain = left.score() + right.score() - total.score();
                if gain > best_gain {
                    best_gain = gain;
                    best = Some((feature, bin));
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_learn_a_rule_of_two_features() {
        let examples: Vec<Example> = (0..4000)
            .map(|i| {
                let mut features = [0.0; FEATURES];
                features[3] = (i % 20) as f32;
                features[7] = (i / 20 % 20) as f32;
                Example { features, right: features[3] > 9.0 && features[7] > 5.0, weight: 1.0 }
            })
            .collect();
        let trees = grow(&examples);
        let wrong =
            examples.iter().filter(|example| (trees.probability(&example.features) > 0.5) != example.right).count();
        assert!(wrong < 40, "{wrong} wrong");
        assert_eq!(trees, grow(&examples));
    }
}
