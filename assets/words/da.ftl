## Advarsler om filer og tal

remark-encoding = Tekster med tegn, som { $encoding } ikke kender: { $texts }. De vises med tegnet �. Vælg en anden tegnkodning, hvis du kender den.
remark-codebook-mismatch = Kodebogen { $codebook } nævner variable, som filen ikke har ({ $count }): { $names }. Det, der afhænger af dem, er udeladt.
remark-question-left-out = Spørgsmålet { $question } er udeladt, fordi { $lacks } ikke er i filen.
remark-truncated = Filen slutter for tidligt: { $read } af { $promised } rækker kunne læses. Kopiér eller eksportér den igen, hvis du kan.
remark-truncated-somewhere = Filen slutter for tidligt: { $read } rækker kunne læses. Kopiér eller eksportér den igen, hvis du kan.
remark-encoding-repaired = Tekster, der ikke var i { $claimed }, som filen oplyser, men i { $found }: { $texts }. De er læst sådan.
remark-pack-recognised = Kodebogen { $pack } passer til filen ({ $matched } af { $of } variable) og er brugt.
remark-columns-named = Kolonner uden navn eller med samme navn som en anden: { $count }. De hedder nu { $names }.
remark-ambiguous-numbers = Tallene i { $names } kan læses på to måder (1.234 som tusinder eller decimaler) og vises som tekst. Vælg decimaltegn for filen.
remark-passed-over = Filens beskrivelse af { $what } kunne ikke forstås og er sprunget over.
remark-lonely-strata = Strata med kun én respondent: { $strata }. Deres afvigelse regnes fra det samlede gennemsnit, hvilket gør intervallerne lidt bredere.
remark-no-weight = Respondenter uden brugbar vægt i { $var }: { $rows }. De er udeladt.
remark-no-stratum = Respondenter uden svar i { $var }, som danner strata: { $rows }. De er regnet som et stratum for sig.
remark-no-cluster = Respondenter uden svar i { $var }, som danner klynger: { $rows }. Hver af dem er regnet som sin egen klynge.
remark-no-population = Respondenter i strata, hvis størrelse i populationen ikke kendes af { $var }: { $rows }. Dér er der ikke korrigeret for en endelig population.
remark-empty = Ingen er tilbage: ingen respondent opfylder alle betingelser.
remark-not-asked = »{ $item }« er ikke spurgt.
remark-not-asked-group = »{ $item }« er ikke spurgt i gruppen »{ $group }«.
remark-small-groups = Grupper med færre end 30 respondenter: { $groups }. Deres tal er usikre.

## Opremsning

list-and = { $first } og { $last }
list-or = { $first } eller { $last }

## Figurer

figure-untitled = Uden titel
figure-n = n = { $n }
figure-percent = Procent af svarene
figure-percent-of = Procent af { $among }
figure-mean = Gennemsnit
figure-mean-of = Gennemsnit blandt { $among }
figure-headline-by = { $title } efter { $by }
figure-headline-mean = { $title }: { $value } i gennemsnit
figure-headline-share = { $title }: { $value }
figure-headline-union = { $title }: { $value } har { $item }
figure-headline-most = { $title }: { $item } er hyppigst, { $value }
figure-headline-most-two = { $title }: { $item } er hyppigst, begge { $value }
figure-not-asked = ikke spurgt
figure-nobody = ingen svar
figure-empty = Ingen respondenter opfylder alle betingelser. Fjern et filter for at se tal.
figure-empty-base = Ingen respondenter har svaret på spørgsmålet.
figure-about-value = { $value } ({ $level } interval { $interval })
figure-about-value-alone = { $value }
figure-about-chosen = { $chosen } af { $n } svar
figure-about-n = { $n } svar
figure-about-weighted = Vægtet grundlag { $n }
figure-about-small = Usikkert: færre end { $most } svar
figure-about-base = Grundlag: { $base }
figure-column-share = %
figure-column-mean = Gennemsnit
figure-column-interval = { $level } interval
figure-column-chosen = Antal
figure-column-n = n
figure-alt-bars = Søjlediagram.
figure-alt-table = Tabel.
figure-note-several = Flere svar mulige.
figure-note-several-max = Flere svar mulige, højst { $max }.
figure-note-percent = Procent af svarene; { $weighting }.
figure-note-percent-of = Procent af { $among }; { $weighting }.
figure-note-mean = Gennemsnit; { $weighting }.
figure-note-mean-of = Gennemsnit blandt { $among }; { $weighting }.
figure-note-weighted = vægtet til populationen
figure-note-unweighted = uvægtet
figure-note-lines = Streger: { $level } konfidensinterval, { $design }.
figure-note-interval = Interval: { $level } konfidensinterval, { $design }.
figure-design-strata-population = stratificeret design med endelig population
figure-design-strata = stratificeret design
figure-design-population = endelig population
figure-design-clusters = klyngeudvalgt stikprøve
figure-design-strata-clusters = stratificeret stikprøve af klynger
figure-design-weights = beregnet ud fra vægtene alene
figure-design-simple = simpel tilfældig stikprøve
figure-note-not-shown = Ikke vist: { $answers }.
figure-note-dropped = Svar som »ved ikke« indgår ikke i grundlaget.
figure-note-listwise = Respondenter med et svar som »ved ikke« til et af udsagnene indgår ikke i grundlaget.
figure-note-small = * Usikkert: færre end { $most } svar.
figure-note-observations = Antal observationer: { $n }.
figure-note-observations-groups = Antal observationer: { $n } ({ $groups }).
figure-source = Kilde: { $survey }.
figure-synthetic = Syntetiske data, ikke rigtige svar.
