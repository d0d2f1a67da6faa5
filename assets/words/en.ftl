## Warnings about files and numbers

remark-encoding = Texts with bytes that { $encoding } does not know: { $texts }. They are shown with the sign �. Choose another encoding if you know it.
remark-codebook-mismatch = The codebook { $codebook } names variables that the file does not have ({ $count }): { $names }. What depends on them is left out.
remark-question-left-out = The question { $question } is left out, because { $lacks } is not in the file.
remark-truncated = The file ends early: { $read } of { $promised } rows could be read. Copy or export it again if you can.
remark-truncated-somewhere = The file ends early: { $read } rows could be read. Copy or export it again if you can.
remark-encoding-repaired = Texts that were not in { $claimed }, as the file says, but in { $found }: { $texts }. They were read so.
remark-pack-recognised = The codebook { $pack } fits the file ({ $matched } of { $of } variables) and is used.
remark-columns-named = Columns without a name, or with that of another: { $count }. They are now called { $names }.
remark-not-available = In { $names } NA stands for no answer. If it is one, list it in the codebook.
remark-ambiguous-numbers = The numbers in { $names } can be read in two ways (1.234 as thousands or as decimals) and are shown as texts. Choose the decimal mark of the file.
remark-failed-formulas = Cells whose formula failed: { $cells }, in { $names }. They are blank.
remark-other-sheets = The sheet { $read } was read. The workbook has other sheets with tables: { $others }.
remark-passed-over = What the file says about { $what } could not be understood and was passed over.
remark-in-file = { $file }: { $remark }
remark-file-without-weight = { $file } has no weight: its respondents count 1 each. Compare the files side by side; numbers for all of them together give the others more weight.
remark-nothing-shared = { $file } shares no question with the other files.
remark-labels-differ = Taken for the same by their names, although their labels differ: { $names }. Check that they ask the same.
remark-values-kept-apart = The same codes mean different answers in different files: { $names }. The answers are kept apart.
remark-renamed-in-file = Names in { $file } that an earlier file uses for something else; they are now called { $names }.
remark-settings-differ = The files treat the answers to { $question } differently (don’t know, or how many are allowed). The first file’s way is used.
remark-union-left-out = The sum row { $union } of { $question } is left out, because not every file asked all its parts.
remark-joined = Organisations were found by { $key } for { $matched } of { $of } workplaces; { $without } were not asked what the organisations were. Organisations without a workplace: { $unused }. An organisation’s answers count once for each of its workplaces.
remark-one-language-da = The file holds labels in one language, Danish ({ $texts } texts have others as well). The codebook beside it keeps them all.
remark-one-language-en = The file holds labels in one language, English ({ $texts } texts have others as well). The codebook beside it keeps them all.
remark-only-in-codebook = Questions, bases, roles and the reasons of missing answers have no place in this format. They are in the codebook beside the file: keep the two together.
remark-renamed = Variables whose names the format does not allow were given others ({ $count }): { $names }.
remark-labels-cut = Labels that are too long for the format were cut: { $labels }. The codebook beside the file has them whole.
remark-texts-cut = Answers in { $names } are too long for the format, or end in blanks, and were cut.
remark-recoded = Missing codes that are letters became numbers in { $names }.
remark-stored-as-text = The format has no column that holds all of { $names } as it is; they are stored as texts.
remark-missing-undeclared = The format cannot declare all missing codes of { $names }. Whoever reads the file without the codebook beside it takes some of them for answers.
remark-sets-left-out = The format cannot hold these questions as multiple-response sets: { $names }. They are in the codebook beside the file.
remark-lonely-strata = Strata with a single respondent: { $strata } ({ $names }). Their deviation is taken from the mean of all, which makes the intervals slightly wider.
remark-lonely-strata-centre = Strata with a single respondent: { $strata } ({ $names }). Their deviation is taken from the mean of all sampling units.
remark-lonely-strata-average = Strata with a single respondent: { $strata } ({ $names }). They count with the average variance of the other strata.
remark-lonely-strata-remove = Strata with a single respondent: { $strata } ({ $names }). They add nothing to the standard errors, which makes the intervals too narrow.
remark-unconfirmed = Rests on guesses that nobody has confirmed: { $names }.
remark-not-tested = A table with more than { $most } cells is not tested.
remark-no-weight = Respondents without a usable weight in { $var }: { $rows }. They are left out.
remark-no-stratum = Respondents without an answer in { $var }, which makes the strata: { $rows }. They count as a stratum of their own.
remark-no-cluster = Respondents without an answer in { $var }, which makes the clusters: { $rows }. Each counts as a cluster alone.
remark-no-population = Respondents in strata whose population size { $var } does not tell: { $rows }. There is no finite population correction there.
remark-empty = Nobody is left: no respondent meets all the conditions.
remark-no-group = Respondents without an answer in { $var }, which makes the groups: { $rows }. They are in no group.
remark-no-such-code = Nobody has the answer { $code } in { $var }, and the codebook does not know it either.
remark-not-asked = “{ $item }” was not asked.
remark-not-asked-group = “{ $item }” was not asked in the group “{ $group }”.
remark-small-groups = Groups with fewer than 30 respondents: { $groups }. Their numbers are uncertain.
remark-model-incomplete = Respondents left out of the model because an answer is missing: { $rows } of { $of } ({ $vars }).
remark-model-as-number = { $var } has a few whole numbers without labels and enters the model as a number. Write factor({ $var }) for its categories.
remark-model-one-level = Everybody in the model has the same answer to { $var }, so it explains nothing and is left out.
remark-model-dependent = Left out, because other terms of the model already say the same: { $terms }.
remark-model-endless = There is no estimate for { $terms }: some respondents' outcome follows from it with certainty (separation), and the coefficient grows without end. Merge categories, or leave the term out.
remark-model-not-converged = The estimation had not come to an end after { $steps } steps. Do not use the numbers; leave out terms.
remark-model-no-degrees = The design has too few sampling units for so many coefficients, so there are no tests and no intervals. Leave out terms.
remark-model-few-events = Only { $events } respondents have the rarer outcome, for { $coefficients } coefficients. The numbers are uncertain; fewer terms are safer.

## Rows made of answers

row-chosen = chosen
row-any = At least one
row-none = None of them
row-count = Number chosen
row-alone = { $item }, alone
row-with-others = { $item }, with others
row-only-this = No others
row-and-others = Together with others
row-both = { $item } and { $other }
row-given = { $item } among { $other }
row-ratio = { $above } per { $below }
row-median = Median
row-quantile = { $percent } per cent quantile

## How numbers were computed

explain-everybody = all with an answer
explain-where = { $among }, where { $condition }
explain-weighted = weighted with { $var }
explain-unweighted = unweighted
explain-share = Share: the sum of weights of those who gave the answer, divided by that of all in the base ({ $among }; n = { $n }; { $weighting }).
explain-mean = Mean: the weighted sum of the values, divided by the sum of weights in the base ({ $among }; n = { $n }; { $weighting }).
explain-total = Total: the weighted sum over the base, an estimate for the population ({ $among }; n = { $n }; { $weighting }).
explain-ratio = Ratio: one weighted total divided by another over the same respondents ({ $among }; n = { $n }; { $weighting }).
explain-quantile = Quantile: the smallest value that at least that share of the weights lies at or below ({ $among }; n = { $n }; { $weighting }).
explain-lift = Lift: the share with both, divided by the product of the two shares; 1 means independent ({ $among }; n = { $n }; { $weighting }).
explain-odds-ratio = Odds ratios: a logistic regression by weighted maximum pseudo-likelihood; 1 means no difference ({ $among }; n = { $n }; { $weighting }).
explain-coefficient = Coefficients: a linear regression by weighted least squares; 0 means no difference ({ $among }; n = { $n }; { $weighting }).
explain-difference = Differences: average marginal effects of a logistic regression, everything else as observed ({ $among }; n = { $n }; { $weighting }).
explain-post-stratified = The weights are post-stratified to the population by { $margins }, and the variance is that of the residuals.
explain-raked = The weights are raked to the population by { $margins }, and the variance is that of the residuals.
explain-trimmed = Weights are cut to lie from { $low } to { $high }.
explain-linearised = Standard errors by Taylor linearisation over the whole design ({ $design }), also for subgroups; degrees of freedom (sampling units less strata in the base): { $df }.
explain-replicates = Standard errors from the replicate weights { $prefix } ({ $kind }), as deviations from the mean of the replicates; degrees of freedom (rank of the weights less one): { $df }.
explain-design-strata = { $strata } strata
explain-design-clusters = sampling units by { $var }
explain-design-population = finite population correction
explain-design-weights = weights alone, sampling with replacement
explain-design-simple = simple random sampling with replacement
explain-lonely-adjust = A stratum with one sampling unit counts in full, as a deviation from the mean of all.
explain-lonely-centre = A stratum with one sampling unit counts as a deviation from the mean of all sampling units.
explain-lonely-average = A stratum with one sampling unit counts as the other strata do on average.
explain-lonely-remove = A stratum with one sampling unit does not count.
explain-interval-logit = Intervals: { $level } per cent, t on the logit scale; Korn–Graubard at 0 and 100 per cent.
explain-interval-beta = Intervals: { $level } per cent, Korn–Graubard (beta) on the effective number of respondents.
explain-interval-wilson = Intervals: { $level } per cent, Wilson's score interval on the effective number of respondents.
explain-interval-arcsine = Intervals: { $level } per cent, t on the arcsine scale; Korn–Graubard at 0 and 100 per cent.
explain-interval-t = Intervals: { $level } per cent, estimate ± t × standard error.
explain-interval-woodruff = Intervals: { $level } per cent, Woodruff's: the quantiles at the ends of the interval of the share below.
explain-interval-log = Intervals: { $level } per cent, t on the logarithm, by the delta method.
explain-test-shares = Test: Rao and Scott's second-order F on the weighted table; Pearson and likelihood treat it as a simple random sample and stand there for comparison only.
explain-test-means = Test: Wald's F that all groups are equal, with the covariance of the design.
explain-pairs-groups = Differences: t test of every pair of groups, with the covariance of the design.
explain-pairs-rest = Differences: t test of each group against all others together, with the covariance of the design.
explain-pairs-items = Differences: t test of every pair of answers by the same respondents, with their covariance.
explain-adjust-holm = The p-values are adjusted after Holm.
explain-adjust-bonferroni = The p-values are adjusted after Bonferroni.
explain-adjust-bh = The p-values are adjusted after Benjamini and Hochberg.
explain-adjust-none = The p-values are not adjusted for the number of comparisons.
explain-model-logistic = Logistic regression of “{ $outcome }” by weighted likelihood (n = { $n } with complete answers; { $weighting }).
explain-model-linear = Linear regression of “{ $outcome }” by weighted least squares (n = { $n } with complete answers; { $weighting }).
explain-model-tests = Coefficients: t tests and intervals, and Wald's F for each term, with { $df } degrees of freedom (those of the design less the coefficients, plus one).
explain-model-references = Reference categories: { $references }.
explain-model-margins = Predicted margins: the mean prediction when everybody has the value and is else as observed; errors by the delta method.
explain-model-effects = Average marginal effects: the mean change of the prediction with one more unit, or with the category instead of the reference; errors by the delta method.

## Lists

list-and = { $first } and { $last }
list-or = { $first } or { $last }

## Figures

# UpSet, slope, lines
figure-sets-exact = Exactly these
figure-sets-exact-meaning = Each bar: the share with the marked answers and no others, per cent
figure-sets-least = At least these
figure-sets-least-meaning = Each bar: the share with all marked answers and perhaps more, per cent
figure-sets-sizes = In all, per cent
figure-sets-nothing = none
figure-sets-rest-one = Not shown: one rarer combination, { $share }.
figure-sets-rest-exact = Not shown: { $n } rarer combinations, together { $share }.
figure-sets-rest-least = Not shown: { $n } rarer combinations, each at most { $share }.
figure-alt-upset = UpSet chart of combinations.
# Figures
figure-untitled = Untitled
figure-n = n = { $n }
figure-percent = Per cent of answers
figure-percent-of = Per cent of { $among }
figure-mean = Mean
figure-mean-of = Mean for { $among }
figure-headline-by = { $title } by { $by }
figure-headline-mean = { $title }: { $value } on average
figure-headline-share = { $title }: { $value }
figure-headline-union = { $title }: { $item }, { $value }
figure-headline-most = { $title }: { $item } is the most common, { $value }
figure-headline-most-two = { $title }: { $item } are the most common, { $value } each
figure-not-asked = not asked
figure-nobody = no answers
figure-empty = No respondent meets all the conditions. Remove a filter to see numbers.
figure-empty-base = No respondent has answered the question.
figure-about-value = { $value } ({ $level } interval { $interval })
figure-about-value-alone = { $value }
figure-about-chosen = { $chosen } of { $n } answers
figure-about-n = { $n } answers
figure-about-weighted = Weighted base { $n }
figure-about-small = Uncertain: fewer than { $most } answers
figure-about-base = Base: { $base }
figure-column-share = %
figure-column-mean = Mean
figure-column-interval = { $level } interval
figure-column-chosen = Count
figure-column-n = n
figure-alt-bars = Bar chart.
figure-alt-table = Table.
figure-note-one = One answer possible.
figure-note-several = Several answers possible.
figure-note-several-max = Several answers possible, at most { $max }.
figure-note-percent = Per cent of answers; { $weighting }.
figure-note-percent-of = Per cent of { $among }; { $weighting }.
figure-note-mean = Mean; { $weighting }.
figure-note-mean-of = Mean for { $among }; { $weighting }.
figure-note-weighted = weighted to the population
figure-note-unweighted = unweighted
figure-note-lines = Lines: { $level } confidence interval, { $design }.
figure-note-interval = Interval: { $level } confidence interval, { $design }.
figure-design-strata-population = stratified design with finite population
figure-design-strata = stratified design
figure-design-population = finite population
figure-design-clusters = cluster sample
figure-design-strata-clusters = stratified cluster sample
figure-design-weights = computed from the weights alone
figure-design-simple = simple random sample
figure-note-not-shown = Not shown: { $answers }.
figure-note-dropped = Answers such as “don't know” are not in the base.
figure-note-listwise = Respondents with an answer such as “don't know” to one of the statements are not in the base.
figure-note-small = * Uncertain: fewer than { $most } answers.
figure-note-observations = Number of observations: { $n }.
figure-note-observations-groups = Number of observations: { $n } ({ $groups }).
figure-source = Source: { $survey }.
figure-synthetic-stem = synthetic
figure-synthetic = Synthetic data, not real answers.

## The window

ui-synthetic = synthetic example
ui-sample = The sample
ui-respondents = respondents
ui-cancel = Cancel

# Files
ui-file = File
ui-open = Open…
ui-open-path = Type a path…
ui-open-sample = Open the sample
ui-open-another = Open another…
ui-locate = Locate the file…
ui-save = Save
ui-save-as = Save as…
ui-recent = Recent
ui-quit = Quit
ui-undo = Undo
ui-redo = Redo
ui-language = Language
ui-danish = Dansk
ui-english = English
ui-export = Export
ui-export-svg = Vector picture (SVG)…
ui-export-png = Picture (PNG)…
ui-export-png-dpi = Picture (PNG), { $dpi } dpi…
ui-files-all = Surveys and projects
ui-files-surveys = Surveys
ui-files-projects = Isobar projects
ui-path = Path
ui-path-hint = /folder/file
ui-path-open = Open a survey or a project
ui-path-locate = Where is the data file now?
ui-add-data = Add a file with more answers…
ui-join-data = Add the organisations' answers…
ui-path-add = Which file goes below? A round, a country, a respondent type
ui-path-join = Where are the organisations' answers?
ui-sheet = Sheet
ui-status-sheet = Sheet: { $sheet }
ui-status-weighted-unconfirmed = Weighted (the weight is unconfirmed)
ui-path-save = Save the project
ui-path-export = Save the figure
ui-path-open-button = Open
ui-path-save-button = Save the file
ui-reading = How the file is read…
ui-reading-title = How the file is read
ui-reading-found = { $variables } variables, { $rows } rows. The first:
ui-reading-auto = Found in the file
ui-reading-guess = Back to what was found
ui-separator = Separator
ui-separator-semicolon = Semicolon ;
ui-separator-comma = Comma ,
ui-separator-tab = Tab
ui-separator-bar = Vertical bar |
ui-decimal = Decimals
ui-decimal-comma = Comma: 3,14
ui-decimal-point = Point: 3.14
ui-encoding = Encoding
ui-done = Done
ui-status-text-file = Text file, { $encoding }

# Questions
ui-search = Search { $count } questions
ui-search-nothing = Nothing found for “{ $search }”. Try a shorter word.
ui-background = Who answered

# Filter
ui-filter = Filter
ui-filter-add = Filter
ui-filter-clear = Clear all
ui-clear-filter = Clear the filter
ui-filter-remove = Remove the filter { $variable }
ui-filter-search = Search for a variable
ui-filter-more = More variables
ui-filter-back = Choose another variable
ui-filter-reset = Remove filter
ui-filter-from = From
ui-filter-to = To
ui-filter-keeps = { $n } answers are left with all filters, weighted { $weighted }.
ui-filter-no-numbers = None of the respondents that the other filters leave has a number here.
ui-unweighted = answers
ui-weighted = weighted
ui-tally = of { $all } answers
ui-tally-weighted = of { $all } { $unit }
ui-tally-unweighted = of { $all } { $unit }

# Views and breakdown
ui-add-view = Add a view
ui-remove-view = Close the view
ui-next-view = Next view
ui-previous-view = Previous view
ui-view-close = Close the view { $view }
ui-view-name = Name of the view
ui-view-rename-hint = Double-click to rename
ui-by = Break down
ui-by-none = None
ui-by-other = Another variable
ui-by-variable = Break down by { $variable }

# Settings
ui-settings-figure = Figure
ui-settings-base = Base
ui-settings-certainty = Certainty
ui-settings-appearance = Appearance
ui-chart = Chart
ui-chart-bars = Horizontal bars
ui-chart-auto = Automatic
ui-chart-dots = Dots with intervals
ui-chart-stacked = Stacked bars
ui-chart-diverging = Diverging bars
ui-chart-number = Big number
ui-chart-donut = Donut
ui-chart-upset = Combinations (UpSet)
ui-chart-slope = Slope chart
ui-chart-lines = Lines
ui-chart-network = Network
ui-chart-matrix = Matrix
ui-chart-flow = Flows between groups
ui-chart-table = Table
ui-sort = Sort
ui-sort-largest = Largest first
ui-sort-questionnaire = As in the questionnaire
ui-headline = Headline
ui-headline-reset = Use the proposal
ui-base = Among
ui-base-everybody = all respondents
ui-dont-know = Don't know
ui-dont-know-own = Default: { $policy }
ui-dont-know-keep = keep
ui-dont-know-drop = leave out
ui-dont-know-listwise = leave out altogether
ui-weight = Weight
ui-weight-none = No weight
ui-interval = Interval
ui-interval-off = Off
ui-method = Method
ui-method-beta = Korn–Graubard (beta)
ui-theme = Theme
ui-theme-light = Light
ui-theme-dark = Dark
ui-theme-print = Print
ui-colours = Colours
ui-colours-actors = Actors
ui-colours-one = One colour
ui-figure-language = Language
ui-size = Size
ui-size-standard = Standard
ui-size-page-width = Width of a page (16 cm)
ui-size-half-page = Half a page (16 × 12 cm)
ui-size-page = Whole page (16 × 24 cm)
ui-size-slide = Slide 16:9
ui-size-own = Own measures
ui-size-numbers = Measures
ui-size-width = Width in cm
ui-size-height = Height in cm
ui-size-auto = free

# Status
ui-status-unsaved = Changes are not saved
ui-status-saved = Saved in { $file }
ui-status-new = Not saved yet
ui-status-weighted = Weighted
ui-status-unweighted = Unweighted
ui-status-strata = strata: { $strata }
ui-status-cluster = clusters: { $cluster }
ui-status-population = finite population
ui-status-remarks = Remarks: { $count }
ui-message-saved = The project is saved: { $file }
ui-message-exported = The figure is saved: { $file }
ui-message-close = Close the message

# Setting up a survey
ui-setup = Set up survey…
ui-setup-title = Set up survey
ui-setup-save = Save the codebook
ui-setup-save-hint = Kept beside the data file, and used by the next file with the same variables
ui-setup-close = Back
ui-setup-looking = Looking at the variables…
ui-setup-count = { $open } of { $all } guesses are not decided. No guess is used in a figure before you have taken it and saved the codebook.
ui-setup-from = At least so sure
ui-setup-use-all = Use all
ui-setup-use-hint = Uses every guess that is at least so sure. They stay marked as unconfirmed until you have taken them.
ui-setup-search = Search the list
ui-setup-nothing = There is nothing to decide here.
ui-setup-roles = Roles
ui-setup-questions = Questions
ui-setup-codes = Codes
ui-setup-concepts = Concepts
ui-setup-variables = Variables
ui-setup-take = Take: { $what }
ui-setup-refuse = Refuse: { $what }
ui-setup-taken = taken
ui-setup-unconfirmed = unconfirmed
ui-setup-told = from the file or you
ui-setup-code = { $code } means “{ $meaning }”
ui-setup-choose = Choose a row to see and change it.
ui-setup-why = Why
ui-setup-label = Name
ui-setup-short = Short name
ui-setup-role = Role
ui-setup-kind = Kind
ui-setup-values = Codes
ui-setup-value = What { $code } means
ui-setup-in = Variables with the code
ui-setup-concept = Concept
ui-setup-concept-none = None
ui-setup-about = Seems to be about “{ $concept }”.
ui-setup-counted = Chosen is
ui-setup-merge = Add from
ui-setup-merge-none = Choose a question whose items belong here
ui-setup-items = Items
ui-setup-split = New question from { $item } on
ui-setup-dissolve = This is not one question
ui-setup-unknown = Isobar has { $count } guesses at what the columns of this file mean.
ui-setup-instead = Instead of { $other }
ui-setup-marked = { $count } roles and questions are guesses that nobody has confirmed.
ui-setup-unsaved = Your decisions on the variables are not saved yet.
ui-setup-later = Not now
ui-role-none = None
ui-role-weight = Weight
ui-role-stratum = Stratum
ui-role-population-size = Population size
ui-role-cluster = Cluster
ui-role-sector = Sector
ui-role-size = Size
ui-role-respondent-type = Respondent type
ui-role-region = Region
ui-role-branch = Branch
ui-role-round = Round
ui-role-id = Id
ui-role-organisation = Organisation
ui-question-single = One answer
ui-question-multiple = Several answers
ui-question-battery = Statements on a scale
ui-question-numeric = Number
ui-variable-nominal = Categories
ui-variable-ordinal = Ordered categories
ui-variable-numeric = Number
ui-variable-text = Text
ui-variable-date = Date
ui-answer-answer = answer
ui-answer-dont-know = don't know
ui-answer-not-relevant = not relevant
ui-answer-refused = refused
ui-answer-not-asked = not asked
ui-answer-missing = missing
ui-confirm-codebook = Save the codebook?
ui-confirm-codebook-hint = Your decisions on the variables are not saved. They are lost if you do not save them.
ui-message-codebook = The codebook is saved: { $file }
ui-unconfirmed-hint = A guess that nobody has confirmed. Confirm it under File, Set up survey.

# When there is no figure
ui-opening = Opening { $survey }…
ui-waiting = The figure is on its way
ui-nothing = Open a survey
ui-nothing-hint = Isobar reads .sav, .zsav, .por, .dta, .sas7bdat, .xpt, .xlsx, .xls, .ods, .csv, .tsv, .parquet and .arrow. Drag a file into the window, or choose one.
ui-failed = The data cannot be read
ui-changed = The data file has changed
ui-changed-hint = The file is not the one that the project was last saved with. Its numbers may differ. Your choices are kept.
ui-changed-accept = Use it
ui-no-answer = There is no answer to this
ui-nobody = Nobody is left
ui-nobody-filter = No respondent meets all the filters and was asked the question.
ui-nobody-base = No respondent was asked the question.
ui-confirm = Save the changes?
ui-confirm-hint = The project has changes that are not saved. They are lost if you do not save them.
ui-confirm-save = Save
ui-confirm-discard = Do not save
ui-drop = Drop to open the file

## Guesses about the columns of an unknown file

remark-guess-name-word = The name has the word { $word }.
remark-guess-label-word = The label has the word { $word }.
remark-guess-value-words = The answers are { $labels }.
remark-guess-ranges = The answers are ranges: { $labels }.
remark-guess-fractions = The numbers are positive, and most are not whole.
remark-guess-mean-is-one = The mean is 1.
remark-guess-sum-is-population = The sum is the size of the population ({ $sum }).
remark-guess-unique = Each respondent has a value of their own.
remark-guess-consecutive = The value counts up from row to row.
remark-guess-constant-within = There is one value within each value of { $var }.
remark-guess-explains = Each value has a population size of its own in { $var }.
remark-guess-shared-label = The labels share { $label }.
remark-guess-name-stem = The names begin with { $stem }.
remark-guess-same-answers = They have the same answers ({ $count }): { $labels }.
remark-guess-two-values = There are two answers, { $chosen } and { $other }, and the first means chosen.
remark-guess-one-value = The field is { $value } or blank.
remark-guess-filled-in-order = The fields are filled from the first on, never twice with the same answer.
remark-guess-code-label = The code is called { $label }.
remark-guess-code-apart = The code lies apart from the others.
remark-guess-question-word = The question has the words { $word }.
remark-guess-known-items = Items known from other surveys: { $known } of { $of }.
