//! The same queries without a window: arguments in, text on standard output and an exit status out.
//! 0: done. 1: failed (a file, a variable, a target). 2: misused (arguments that cannot be understood).

mod arguments;
mod check_published;
mod convert;
mod crossing;
mod describe;
mod estimate;
mod figure;
mod gallery;
mod model;
mod ties;
mod together;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use self::arguments::{Among, Asked, BoxArguments, CompareArguments, DesignArguments, condition, query_of};
use self::crossing::{Crossing, EffectArguments};
use self::gallery::GalleryArguments;
use self::model::ModelArguments;
use crate::data::{self, Language, Opened, Progress, QuestionId, ReadOptions};
use crate::measure::Measure;
use crate::remarks;
use together::Together;

/// Open a survey file, see it right, say it with a figure.
#[derive(Parser, Debug)]
#[command(name = "isobar", version, args_conflicts_with_subcommands = true, after_help = HELP)]
struct Arguments {
    /// A survey (.sav, .zsav, .por, .dta, .sas7bdat, .xpt, .xlsx, .xls, .ods, .csv, .tsv, .parquet, .arrow) or a
    /// project (.isobar) to open in the window; the sample survey if left out.
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Task>,
}

const HELP: &str = "\
Conditions (EXPR): sector in (1, 2) and size >= 50 and not q3 = 9
  A value is a code, or a label in double quotes: sector = \"Region\". Odd variable names stand in `backticks`.
  A comparison with a missing or unasked answer is unknown, and who is unknown is left out.

Exit status: 0 done, 1 failed, 2 misused. Errors and warnings go to standard error.";

#[derive(Subcommand, Debug)]
enum Task {
    /// Say what a survey file holds: variables, labels, missing codes, questions, roles.
    Describe {
        /// The survey file.
        file: PathBuf,
        /// As one JSON object.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        together: Together,
    },
    /// Estimate shares or means with design-based errors.
    Estimate {
        /// The survey file.
        file: PathBuf,
        #[command(flatten)]
        asked: Box<Asked>,
        #[command(flatten)]
        boxes: BoxArguments,
        #[command(flatten)]
        among: Among,
        #[command(flatten)]
        crossing: Crossing,
        #[command(flatten)]
        effect: EffectArguments,
        #[command(flatten)]
        compare: CompareArguments,
        /// The same survey from an earlier round: the change from it to FILE, as independent samples.
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
        #[command(flatten)]
        design: DesignArguments,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        together: Together,
        /// How the answer is written.
        #[arg(long, value_enum, default_value_t = Output::Table)]
        format: Output,
    },
    /// Fit a logistic or linear regression with design-based errors.
    Model {
        /// The survey file.
        file: PathBuf,
        #[command(flatten)]
        asked: ModelArguments,
        #[command(flatten)]
        design: DesignArguments,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        together: Together,
        /// How the answer is written.
        #[arg(long, value_enum, default_value_t = Output::Table)]
        format: Output,
    },
    /// Write a survey file in another format, with its codebook (NAME.codebook.json) beside it.
    ///
    /// What the format holds is in the file: labels, missing codes, multiple-response sets, the weight. All of it, with
    /// both languages, bases, unions and roles, is in the codebook, which Isobar reads with the file.
    Convert {
        /// The survey file.
        file: PathBuf,
        /// The file to write; its ending decides: .sav, .zsav, .csv or .parquet.
        output: PathBuf,
        /// Language of the labels in .sav and .zsav, which hold one.
        #[arg(long, value_enum, default_value_t = LanguageName::Da)]
        language: LanguageName,
        #[command(flatten)]
        reading: Reading,
    },
    /// Draw every standard figure of a survey, in Danish and English, light, dark and for print, with a page of them all.
    Gallery {
        /// The survey file; the sample surveys if left out.
        file: Option<PathBuf>,
        #[command(flatten)]
        asked: GalleryArguments,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        together: Together,
    },
    /// Check a table of published percentages for numbers that cannot be right.
    ///
    /// FILE is a CSV with a heading. It has the columns percent and n, and where they are known publication, figure,
    /// question, base, breakdown_variable, breakdown_value, category, weighted (yes or no) and kind (single: everybody
    /// gives one of these answers; part, union: at least one of the parts). Told are percentages that no number of n
    /// unweighted respondents gives, answers that do not add up, unions outside their bounds, numbers given twice, and
    /// bases that differ by a respondent or two.
    CheckPublished {
        /// The table, as CSV.
        file: PathBuf,
        /// As one JSON object.
        #[arg(long)]
        json: bool,
        /// Exit status 1 where something is found.
        #[arg(long)]
        fail: bool,
    },
    /// Draw a figure as SVG or PNG; write a network as GraphML or GEXF.
    Figure {
        /// A survey file or a project.
        file: PathBuf,
        #[command(flatten)]
        asked: FigureAsked,
        #[command(flatten)]
        among: Among,
        #[command(flatten)]
        design: DesignArguments,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        together: Together,
        #[command(flatten)]
        paper: Paper,
    },
}

/// What is drawn.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct FigureAsked {
    /// The shares of a question (or of a variable that no question names).
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// The share with this answer: a code or a quoted label.
    #[arg(long, value_name = "VAR=VALUE")]
    share: Option<String>,
    /// A view of the project, by its name; of a survey file one of its standard figures: `partners-network`. A name that
    /// is none gets the list.
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
}

/// How the file is read, where looking at it is not enough.
#[derive(Args, Debug)]
struct Reading {
    /// A codebook other than the one beside the file.
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Workbooks: the sheet to read, by its name.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Text files: the separator (`tab` for a tabulator).
    #[arg(long, value_name = "CHAR", value_parser = separator)]
    separator: Option<char>,
    /// Text files: whether numbers have a decimal comma.
    #[arg(long, value_name = "true|false")]
    decimal_comma: Option<bool>,
    /// Character encoding, such as windows-1252.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

/// The figure's file.
#[derive(Args, Debug)]
struct Paper {
    /// The file to write; its ending decides: .svg or .png, of a network also .graphml or .gexf.
    #[arg(short, long, value_name = "OUT.svg|png|graphml|gexf")]
    output: PathBuf,
    /// Width in points.
    #[arg(long, value_name = "N", value_parser = positive)]
    width_pt: Option<f64>,
    /// Height in points; as high as the content if left out.
    #[arg(long, value_name = "N", value_parser = positive)]
    height_pt: Option<f64>,
    /// PNG: pixels per inch.
    #[arg(long, value_name = "N", default_value_t = 144, value_parser = clap::value_parser!(u32).range(1..))]
    dpi: u32,
    /// Language of the figure; the project's, else Danish.
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Output {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageName {
    Da,
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Da => Self::Da,
            LanguageName::En => Self::En,
        }
    }
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err("a number above 0 is needed".to_owned()),
    }
}

fn separator(text: &str) -> Result<char, String> {
    match text {
        "tab" | "\\t" => Ok('\t'),
        _ => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(one), None) if one.is_ascii() => Ok(one),
                _ => Err("one character is needed, or `tab`".to_owned()),
            }
        }
    }
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window, on this file.
    Window(Option<PathBuf>),
    /// Everything is done.
    Done(ExitCode),
}

/// Why a command was not carried out.
#[derive(Debug)]
enum Trouble {
    /// A file, a variable or a target: exit status 1.
    Failed(String),
    /// Arguments that cannot be understood: exit status 2.
    Misused(String),
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Carries out the command line `arguments` (the program's name first).
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for, and go to standard output with status 0.
            let printed = error.print();
            let code = if error.use_stderr() || printed.is_err() { 2 } else { 0 };
            return Outcome::Done(ExitCode::from(code));
        }
    };
    let Some(task) = arguments.command else {
        return Outcome::Window(arguments.file);
    };
    Outcome::Done(match carry_out(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::Failed(message)) => complain("error", &message, 1),
        Err(Trouble::Misused(message)) => complain("error", &message, 2),
    })
}

fn carry_out(task: Task) -> Result<(), Trouble> {
    match task {
        Task::Describe {
            file,
            json,
            reading,
            together,
        } => describe::run(&open(&file, &reading, Some(&together))?, json),
        Task::Estimate {
            file,
            asked,
            boxes,
            among,
            crossing,
            effect,
            compare,
            since,
            design,
            reading,
            together,
            format,
        } => {
            let opened = open(&file, &reading, Some(&together))?;
            let query_for = |data| {
                let measure = match &asked.effect {
                    Some(outcome) => effect.measure(outcome)?,
                    None => asked.measure(&boxes)?,
                };
                let query = query_of(measure, &among, compare.compare(), &design, data)?;
                Ok::<_, Trouble>(crossing.applied_to(query))
            };
            let query = query_for(&opened.dataset)?;
            let before = match since {
                None => None,
                Some(file) => {
                    let earlier = open(&file, &reading, None)?;
                    Some(query_for(&earlier.dataset)?.run(&earlier.dataset)?)
                }
            };
            estimate::run(&opened, &query, before.as_ref(), format)
        }
        Task::Model {
            file,
            asked,
            design,
            reading,
            together,
            format,
        } => {
            let opened = open(&file, &reading, Some(&together))?;
            model::run(&opened, &asked.query(&design, &opened.dataset)?, format)
        }
        Task::Convert {
            file,
            output,
            language,
            reading,
        } => convert::run(&file, &output, language.into(), &reading),
        Task::CheckPublished { file, json, fail } => check_published::run(&file, json, fail),
        Task::Gallery {
            file,
            asked,
            reading,
            together,
        } => gallery::run(file.as_deref(), asked, &reading, &together),
        Task::Figure {
            file,
            asked,
            among,
            design,
            reading,
            together,
            paper,
        } => figure::run(&file, asked, &among, &design, (&reading, &together), &paper),
    }
}

/// Reads a survey file, with others, and says on standard error what should be known about it.
fn open(file: &std::path::Path, reading: &Reading, together: Option<&Together>) -> Result<Opened, Trouble> {
    let options = reading.over(ReadOptions::default());
    let opened = match together.filter(|together| !together.is_alone()) {
        Some(together) => {
            let (source, options) = together.source(file, &options)?;
            source.open(&options, &Progress::new())?
        }
        None => data::read(file, &options)?,
    };
    told(&opened);
    Ok(opened)
}

/// Says on standard error what should be known about a file.
fn told(opened: &Opened) {
    for warning in &opened.warnings {
        complain("warning", &remarks::of_data(warning, Language::En), 0);
    }
}

impl Reading {
    /// `options`, where the command line does not say otherwise.
    fn over(&self, options: ReadOptions) -> ReadOptions {
        ReadOptions {
            codebook: self.codebook.clone().or(options.codebook),
            sheet: self.sheet.clone().or(options.sheet),
            separator: self.separator.or(options.separator),
            decimal_comma: self.decimal_comma.or(options.decimal_comma),
            encoding: self.encoding.clone().or(options.encoding),
            ..options
        }
    }
}

/// What a figure is drawn of.
fn measure_of(question: Option<String>, share: Option<String>) -> Result<Measure, Trouble> {
    match (question, share) {
        (Some(id), _) => Ok(Measure::Question(QuestionId(id))),
        (_, Some(share)) => condition(&share).map(Measure::Share),
        // clap asks for exactly one of them.
        (None, None) => Err(Trouble::Misused("say what to draw: --question or --share".to_owned())),
    }
}

/// Says on standard error why the program could not do its work.
pub fn fail(message: &str) -> ExitCode {
    complain("error", message, 1)
}

/// Writes to standard output. A reader that stops early (`| head`) is not an error.
fn print(text: &str) -> Result<(), Trouble> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Trouble::Failed(format!("the answer could not be written: {error}")))
        }
        _ => Ok(()),
    }
}

fn complain(kind: &str, message: &str, status: u8) -> ExitCode {
    // Nobody is left to be told when standard error itself is closed.
    let _ = writeln!(std::io::stderr(), "isobar: {kind}: {message}");
    ExitCode::from(status)
}
