## Warnings about files and numbers

remark-encoding = Texts with bytes that { $encoding } does not know: { $texts }. They are shown with the sign �. Choose another encoding if you know it.
remark-codebook-mismatch = The codebook { $codebook } names variables that the file does not have ({ $count }): { $names }. What depends on them is left out.
remark-question-left-out = The question { $question } is left out, because { $lacks } is not in the file.
remark-truncated = The file ends early: { $read } of { $promised } rows could be read. Copy or export it again if you can.
remark-truncated-somewhere = The file ends early: { $read } rows could be read. Copy or export it again if you can.
remark-encoding-repaired = Texts that were not in { $claimed }, as the file says, but in { $found }: { $texts }. They were read so.
remark-pack-recognised = The codebook { $pack } fits the file ({ $matched } of { $of } variables) and is used.
remark-columns-named = Columns without a name, or with that of another: { $count }. They are now called { $names }.
remark-ambiguous-numbers = The numbers in { $names } can be read in two ways (1.234 as thousands or as decimals) and are shown as texts. Choose the decimal mark of the file.
remark-passed-over = What the file says about { $what } could not be understood and was passed over.
remark-lonely-strata = Strata with a single respondent: { $strata }. Their deviation is taken from the mean of all, which makes the intervals slightly wider.
remark-no-weight = Respondents without a usable weight in { $var }: { $rows }. They are left out.
remark-no-stratum = Respondents without an answer in { $var }, which makes the strata: { $rows }. They count as a stratum of their own.
remark-no-cluster = Respondents without an answer in { $var }, which makes the clusters: { $rows }. Each counts as a cluster alone.
remark-no-population = Respondents in strata whose population size { $var } does not tell: { $rows }. There is no finite population correction there.
remark-empty = Nobody is left: no respondent meets all the conditions.
remark-not-asked = “{ $item }” was not asked.
remark-not-asked-group = “{ $item }” was not asked in the group “{ $group }”.
remark-small-groups = Groups with fewer than 30 respondents: { $groups }. Their numbers are uncertain.

## Lists

list-and = { $first } and { $last }
list-or = { $first } or { $last }

## Figures

figure-untitled = Untitled
figure-n = n = { $n }
figure-percent = Per cent of answers
figure-percent-of = Per cent of { $among }
figure-mean = Mean
figure-mean-of = Mean among { $among }
figure-headline-by = { $title } by { $by }
figure-headline-mean = { $title }: { $value } on average
figure-headline-share = { $title }: { $value }
figure-headline-union = { $title }: { $value } have { $item }
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
figure-note-several = Several answers possible.
figure-note-several-max = Several answers possible, at most { $max }.
figure-note-percent = Per cent of answers; { $weighting }.
figure-note-percent-of = Per cent of { $among }; { $weighting }.
figure-note-mean = Mean; { $weighting }.
figure-note-mean-of = Mean among { $among }; { $weighting }.
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
figure-synthetic = Synthetic data, not real answers.
