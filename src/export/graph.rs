//! A network's table and scene in, GraphML or GEXF out: every pair with its shares, intervals, lift and test, every box
//! with its share, its names in each language, its colour and its place.
//!
//! GraphML as its primer has it (graphdrawing.org), with the attribute names that Gephi takes for places and colours;
//! GEXF 1.2 (gexf.net), which Gephi, networkx and igraph read.

use std::fmt::Write as _;

use super::{ExportError, escaped};
use crate::figure::{Handle, Scene};
use crate::measure::{Cell, RowKind, Table, TableItem, Tie};

/// The formats of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GraphFormat {
    /// GraphML.
    GraphMl,
    /// GEXF 1.2.
    Gexf,
}

/// What is said of a node or edge under one name.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    Number(f64),
    Whole(usize),
}

/// Attributes in their order.
type Attributes = Vec<(String, Value)>;

struct Node {
    id: String,
    label: String,
    attributes: Attributes,
    handle: Option<Handle>,
}

struct Edge {
    source: String,
    target: String,
    weight: f64,
    attributes: Attributes,
}

/// The network in a format that programs for networks read. Pairs that nobody has are left out. The weight of an edge is
/// the share with both, or of two groups compared the size of their difference.
pub fn graph(table: &Table, scene: &Scene, format: GraphFormat) -> Result<String, ExportError> {
    if table.ties.is_empty() {
        return Err(ExportError::NoNetwork);
    }
    let (nodes, edges) = (nodes(table, scene), edges(table));
    Ok(match format {
        GraphFormat::GraphMl => graphml(&nodes, &edges),
        GraphFormat::Gexf => gexf(&nodes, &edges, &scene.title),
    })
}

fn nodes(table: &Table, scene: &Scene) -> Vec<Node> {
    let boxes = table.items.iter().enumerate();
    boxes
        .filter(|(_, item)| item.kind == RowKind::Answer)
        .map(|(row, item)| {
            let handle = scene.handles.iter().find(|handle| handle.id == item.id).cloned();
            let mut attributes = names(item);
            if let Some(actor) = &item.actor {
                attributes.push(("actor".to_owned(), Value::Text(actor.clone())));
            }
            for group in 0..table.groups.len() {
                number_of(&mut attributes, "share", &suffix(table, group), table.cell(row, group));
            }
            if let Some(community) = handle.as_ref().and_then(|handle| handle.community) {
                attributes.push(("community".to_owned(), Value::Whole(community + 1)));
            }
            let label = match &handle {
                Some(handle) => handle.label.clone(),
                None => item.id.clone(),
            };
            Node {
                id: item.id.clone(),
                label,
                attributes,
                handle,
            }
        })
        .collect()
}

/// The name of a box in each language that has one.
fn names(item: &TableItem) -> Attributes {
    let names = item.label.0.iter().filter(|(_, name)| !name.is_empty());
    names
        .map(|(language, name)| (format!("label_{language}"), Value::Text(name.clone())))
        .collect()
}

/// What is put behind the names of a group's numbers: nothing where there is one group.
fn suffix(table: &Table, group: usize) -> String {
    match &table.groups[group].key {
        Some((_, code)) if table.groups.len() > 1 => format!("_{code}"),
        _ => String::new(),
    }
}

fn edges(table: &Table) -> Vec<Edge> {
    let first = table.ties.iter().filter(|tie| tie.group == 0);
    first
        .filter_map(|tie| {
            let own: Vec<&Tie> = table
                .ties
                .iter()
                .filter(|other| (other.a, other.b) == (tie.a, tie.b) && other.joint.estimate.value > 0.0)
                .collect();
            let weight = match &tie.difference {
                Some(difference) => difference.contrast.difference.abs(),
                None => tie.joint.estimate.value,
            };
            if own.is_empty() || !weight.is_finite() {
                return None;
            }
            let mut attributes = Vec::new();
            for tie in own {
                let suffix = suffix(table, tie.group);
                number_of(&mut attributes, "joint", &suffix, &tie.joint);
                number_of(&mut attributes, "source_given_target", &suffix, &tie.a_given_b);
                number_of(&mut attributes, "target_given_source", &suffix, &tie.b_given_a);
                number_of(&mut attributes, "lift", &suffix, &tie.lift);
                push(&mut attributes, format!("p{suffix}"), tie.p);
                push(&mut attributes, format!("p_adjusted{suffix}"), tie.p_adjusted);
            }
            if let Some(difference) = &tie.difference {
                push(&mut attributes, "difference".to_owned(), difference.contrast.difference);
                push(
                    &mut attributes,
                    "difference_std_error".to_owned(),
                    difference.contrast.std_error,
                );
                push(&mut attributes, "difference_p".to_owned(), difference.contrast.p);
                push(
                    &mut attributes,
                    "difference_p_adjusted".to_owned(),
                    difference.p_adjusted,
                );
            }
            Some(Edge {
                source: table.items[tie.a].id.clone(),
                target: table.items[tie.b].id.clone(),
                weight,
                attributes,
            })
        })
        .collect()
}

/// A number with its interval, its error and how many were asked.
fn number_of(attributes: &mut Attributes, name: &str, suffix: &str, cell: &Cell) {
    let estimate = &cell.estimate;
    push(attributes, format!("{name}{suffix}"), estimate.value);
    push(attributes, format!("{name}_low{suffix}"), cell.low);
    push(attributes, format!("{name}_high{suffix}"), cell.high);
    push(attributes, format!("{name}_std_error{suffix}"), estimate.std_error);
    attributes.push((format!("{name}_n{suffix}"), Value::Whole(estimate.n)));
}

/// What is not known is not written.
fn push(attributes: &mut Attributes, name: String, number: f64) {
    if number.is_finite() {
        attributes.push((name, Value::Number(number)));
    }
}

/// Every name with its type, in the order of first appearance.
fn declared<'a>(lists: impl Iterator<Item = &'a Attributes>) -> Vec<(String, &'static str)> {
    let mut declared: Vec<(String, &'static str)> = Vec::new();
    for (name, value) in lists.flatten() {
        if !declared.iter().any(|(known, _)| known == name) {
            declared.push((name.clone(), type_of(value)));
        }
    }
    declared
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "string",
        Value::Number(_) => "double",
        Value::Whole(_) => "integer",
    }
}

/// A value as text; numbers so that they are read as the same number.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => escaped(text),
        Value::Number(number) => format!("{number:?}"),
        Value::Whole(number) => number.to_string(),
    }
}

/// Where a node stands and what it looks like. Programs for networks count upwards.
fn drawn(handle: &Handle) -> Attributes {
    let number = |name: &str, number: f32| (name.to_owned(), Value::Number(f64::from(number)));
    let whole = |name: &str, number: u8| (name.to_owned(), Value::Whole(usize::from(number)));
    vec![
        number("x", handle.x),
        number("y", -handle.y),
        number("size", 2.0 * handle.radius),
        whole("r", handle.fill.0),
        whole("g", handle.fill.1),
        whole("b", handle.fill.2),
    ]
}

fn graphml(nodes: &[Node], edges: &[Edge]) -> String {
    let of_nodes: Vec<Attributes> = nodes
        .iter()
        .map(|node| {
            let mut all = vec![("label".to_owned(), Value::Text(node.label.clone()))];
            all.extend(node.attributes.iter().cloned());
            all.extend(node.handle.iter().flat_map(drawn));
            all
        })
        .collect();
    let of_edges: Vec<Attributes> = edges
        .iter()
        .map(|edge| {
            let mut all = vec![("weight".to_owned(), Value::Number(edge.weight))];
            all.extend(edge.attributes.iter().cloned());
            all
        })
        .collect();
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" ",
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ",
        "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns ",
        "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    ));
    let (node_keys, edge_keys) = (declared(of_nodes.iter()), declared(of_edges.iter()));
    for (kind, keys) in [("node", &node_keys), ("edge", &edge_keys)] {
        for (name, of) in keys {
            let of = if *of == "integer" { "int" } else { of };
            let name = escaped(name);
            let _ = writeln!(
                out,
                r#"<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{of}"/>"#
            );
        }
    }
    out.push_str("<graph edgedefault=\"undirected\">\n");
    let data = |out: &mut String, kind: &str, attributes: &Attributes| {
        for (name, value) in attributes {
            let _ = writeln!(out, r#"<data key="{kind}_{}">{}</data>"#, escaped(name), written(value));
        }
    };
    for (node, attributes) in nodes.iter().zip(&of_nodes) {
        let _ = writeln!(out, r#"<node id="{}">"#, escaped(&node.id));
        data(&mut out, "node", attributes);
        out.push_str("</node>\n");
    }
    for (edge, attributes) in edges.iter().zip(&of_edges) {
        let (source, target) = (escaped(&edge.source), escaped(&edge.target));
        let _ = writeln!(out, r#"<edge source="{source}" target="{target}">"#);
        data(&mut out, "edge", attributes);
        out.push_str("</edge>\n");
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

fn gexf(nodes: &[Node], edges: &[Edge], title: &str) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<gexf xmlns=\"http://www.gexf.net/1.2draft\" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n",
    ));
    let _ = writeln!(
        out,
        "<meta><creator>Isobar</creator><description>{}</description></meta>",
        escaped(title)
    );
    out.push_str("<graph mode=\"static\" defaultedgetype=\"undirected\">\n");
    let node_keys = declared(nodes.iter().map(|node| &node.attributes));
    let edge_keys = declared(edges.iter().map(|edge| &edge.attributes));
    for (kind, keys) in [("node", &node_keys), ("edge", &edge_keys)] {
        let _ = writeln!(out, r#"<attributes class="{kind}">"#);
        for (position, (name, of)) in keys.iter().enumerate() {
            let name = escaped(name);
            let _ = writeln!(out, r#"<attribute id="{position}" title="{name}" type="{of}"/>"#);
        }
        out.push_str("</attributes>\n");
    }
    let values = |out: &mut String, keys: &[(String, &'static str)], attributes: &Attributes| {
        out.push_str("<attvalues>\n");
        for (name, value) in attributes {
            if let Some(position) = keys.iter().position(|(known, _)| known == name) {
                let _ = writeln!(out, r#"<attvalue for="{position}" value="{}"/>"#, written(value));
            }
        }
        out.push_str("</attvalues>\n");
    };
    out.push_str("<nodes>\n");
    for node in nodes {
        let (id, label) = (escaped(&node.id), escaped(&node.label));
        let _ = writeln!(out, r#"<node id="{id}" label="{label}">"#);
        values(&mut out, &node_keys, &node.attributes);
        if let Some(handle) = &node.handle {
            let crate::figure::Colour(r, g, b) = handle.fill;
            let _ = writeln!(out, r#"<viz:color r="{r}" g="{g}" b="{b}"/>"#);
            let _ = writeln!(
                out,
                r#"<viz:position x="{:?}" y="{:?}" z="0.0"/>"#,
                f64::from(handle.x),
                f64::from(-handle.y)
            );
            let _ = writeln!(out, r#"<viz:size value="{:?}"/>"#, f64::from(2.0 * handle.radius));
        }
        out.push_str("</node>\n");
    }
    out.push_str("</nodes>\n<edges>\n");
    for (position, edge) in edges.iter().enumerate() {
        let (source, target) = (escaped(&edge.source), escaped(&edge.target));
        let _ = writeln!(
            out,
            r#"<edge id="{position}" source="{source}" target="{target}" weight="{:?}">"#,
            edge.weight
        );
        values(&mut out, &edge_keys, &edge.attributes);
        out.push_str("</edge>\n");
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}
