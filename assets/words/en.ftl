## Warnings about files and numbers

remark-encoding = { $texts } texts had bytes that { $encoding } does not know. They are shown with the sign �. Choose another encoding if you know it.
remark-codebook-mismatch = The codebook { $codebook } names { $count } variables that the file does not have: { $names }. What depends on them is left out.
remark-question-left-out = The question { $question } is left out, because { $lacks } is not in the file.
remark-truncated = The file ends early: { $read } of { $promised } rows could be read. Copy or export it again if you can.
remark-truncated-somewhere = The file ends early: { $read } rows could be read. Copy or export it again if you can.
remark-encoding-repaired = { $texts } texts were not in { $claimed }, as the file says, but in { $found }, and were read so.
remark-pack-recognised = The codebook { $pack } fits the file ({ $matched } of { $of } variables) and is used.
remark-columns-named = { $count } columns had no name or the name of another. They are now called: { $names }.
remark-ambiguous-numbers = The numbers in { $names } can be read in two ways (1.234 as thousands or as decimals) and are shown as texts. Choose the decimal mark of the file.
remark-passed-over = What the file says about { $what } could not be understood and was passed over.
remark-lonely-strata = { $strata } strata have a single respondent. Their deviation is taken from the mean of all, which makes the intervals slightly wider.
remark-no-weight = { $rows } respondents have no usable weight in { $var } and are left out.
remark-empty = Nobody is left: no respondent meets all the conditions.
remark-not-asked = “{ $item }” was not asked.
remark-not-asked-group = “{ $item }” was not asked in the group “{ $group }”.
remark-small-groups = { $groups } groups have fewer than 30 respondents.
