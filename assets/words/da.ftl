## Advarsler om filer og tal

remark-encoding = { $texts } tekster havde tegn, som { $encoding } ikke kender. De vises med tegnet �. Vælg en anden tegnkodning, hvis du kender den.
remark-codebook-mismatch = Kodebogen { $codebook } nævner { $count } variable, som filen ikke har: { $names }. Det, der afhænger af dem, er udeladt.
remark-question-left-out = Spørgsmålet { $question } er udeladt, fordi { $lacks } ikke er i filen.
remark-truncated = Filen slutter for tidligt: { $read } af { $promised } rækker kunne læses. Kopiér eller eksportér den igen, hvis du kan.
remark-truncated-somewhere = Filen slutter for tidligt: { $read } rækker kunne læses. Kopiér eller eksportér den igen, hvis du kan.
remark-encoding-repaired = { $texts } tekster var ikke i { $claimed }, som filen oplyser, men i { $found }, og er læst sådan.
remark-pack-recognised = Kodebogen { $pack } passer til filen ({ $matched } af { $of } variable) og er brugt.
remark-columns-named = { $count } kolonner manglede et navn eller havde samme navn som en anden. De hedder nu: { $names }.
remark-ambiguous-numbers = Tallene i { $names } kan læses på to måder (1.234 som tusinder eller decimaler) og vises som tekst. Vælg decimaltegn for filen.
remark-passed-over = Filens beskrivelse af { $what } kunne ikke forstås og er sprunget over.
remark-lonely-strata = { $strata } strata har kun én respondent. Deres afvigelse regnes fra det samlede gennemsnit, hvilket gør intervallerne lidt bredere.
remark-no-weight = { $rows } respondenter har ingen brugbar vægt i { $var } og er udeladt.
remark-empty = Ingen er tilbage: ingen respondent opfylder alle betingelser.
remark-not-asked = »{ $item }« er ikke spurgt.
remark-not-asked-group = »{ $item }« er ikke spurgt i gruppen »{ $group }«.
remark-small-groups = { $groups } grupper har færre end 30 respondenter.
