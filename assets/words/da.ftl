## Advarsler om filer og tal

remark-encoding = Tekster med tegn, som { $encoding } ikke kender: { $texts }. De vises med tegnet �. Vælg en anden tegnkodning, hvis du kender den.
remark-codebook-mismatch = Kodebogen { $codebook } nævner variable, som filen ikke har ({ $count }): { $names }. Det, der afhænger af dem, er udeladt.
remark-question-left-out = Spørgsmålet { $question } er udeladt, fordi { $lacks } ikke er i filen.
remark-truncated = Filen slutter for tidligt: { $read } af { $promised } rækker kunne læses. Kopiér eller eksportér den igen, hvis du kan.
remark-truncated-somewhere = Filen slutter for tidligt: { $read } rækker kunne læses. Kopiér eller eksportér den igen, hvis du kan.
remark-encoding-repaired = Tekster, der ikke var i { $claimed }, som filen oplyser, men i { $found }: { $texts }. De er læst sådan.
remark-pack-recognised = Kodebogen { $pack } passer til filen ({ $matched } af { $of } variable) og er brugt.
remark-columns-named = Kolonner uden navn eller med samme navn som en anden: { $count }. De hedder nu { $names }.
remark-not-available = I { $names } står NA for manglende svar. Er det et svar, så skriv det i kodebogen.
remark-ambiguous-numbers = Tallene i { $names } kan læses på to måder (1.234 som tusinder eller decimaler) og vises som tekst. Vælg decimaltegn for filen.
remark-failed-formulas = Celler, hvis formel gav fejl: { $cells } i { $names }. De er tomme.
remark-other-sheets = Arket { $read } er læst. Projektmappen har andre ark med tabeller: { $others }.
remark-passed-over = Filens beskrivelse af { $what } kunne ikke forstås og er sprunget over.
remark-in-file = { $file }: { $remark }
remark-file-without-weight = { $file } har ingen vægt: hver besvarelse tæller 1. Sammenlign filerne side om side; i tal for dem alle vejer de andre tungere.
remark-nothing-shared = { $file } har ingen spørgsmål til fælles med de andre filer.
remark-labels-differ = Holdt for det samme på grund af navnet, selv om betegnelserne er forskellige: { $names }. Kontrollér, at de spørger om det samme.
remark-values-kept-apart = De samme koder betyder forskellige svar i forskellige filer: { $names }. Svarene holdes adskilt.
remark-renamed-in-file = Navne i { $file }, som en tidligere fil bruger om noget andet; de hedder nu { $names }.
remark-settings-differ = Filerne behandler svarene på { $question } forskelligt (ved ikke, eller hvor mange der må gives). Den første fils måde bruges.
remark-union-left-out = Sumrækken { $union } i { $question } er udeladt, fordi ikke alle filer har spurgt om alle dens dele.
remark-joined = Organisationer blev fundet med { $key } for { $matched } af { $of } arbejdspladser; { $without } er ikke spurgt om det, organisationerne er. Organisationer uden arbejdsplads: { $unused }. En organisations svar tæller én gang for hver af dens arbejdspladser.
remark-one-language-da = Filen kan kun rumme etiketter på ét sprog, dansk ({ $texts } tekster findes også på andre). Kodebogen ved siden af har dem alle.
remark-one-language-en = Filen kan kun rumme etiketter på ét sprog, engelsk ({ $texts } tekster findes også på andre). Kodebogen ved siden af har dem alle.
remark-only-in-codebook = Spørgsmål, baser, roller og grundene til manglende svar kan ikke stå i dette format. De står i kodebogen ved siden af filen: hold de to sammen.
remark-renamed = Variable med navne, som formatet ikke tillader, har fået andre ({ $count }): { $names }.
remark-labels-cut = Etiketter, der er for lange til formatet, er afkortet: { $labels }. Kodebogen ved siden af filen har dem i deres helhed.
remark-texts-cut = Svar i { $names } er for lange til formatet eller ender med mellemrum og er afkortet.
remark-recoded = Manglende koder, der er bogstaver, er blevet til tal i { $names }.
remark-stored-as-text = Formatet har ingen kolonne, der kan rumme hele { $names }, som den er; den er gemt som tekst.
remark-missing-undeclared = Formatet kan ikke angive alle manglende koder i { $names }. Den, der læser filen uden kodebogen ved siden af, tager nogle af dem for svar.
remark-sets-left-out = Formatet kan ikke rumme disse spørgsmål som sæt med flere svar: { $names }. De står i kodebogen ved siden af filen.
remark-lonely-strata = Strata med kun én respondent: { $strata } ({ $names }). Deres afvigelse regnes fra gennemsnittet af alle, hvilket gør intervallerne lidt bredere.
remark-lonely-strata-centre = Strata med kun én respondent: { $strata } ({ $names }). Deres afvigelse regnes fra gennemsnittet af alle udtrukne enheder.
remark-lonely-strata-average = Strata med kun én respondent: { $strata } ({ $names }). De tæller med den gennemsnitlige varians i de andre strata.
remark-lonely-strata-remove = Strata med kun én respondent: { $strata } ({ $names }). De bidrager ikke til standardfejlene, hvilket gør intervallerne for smalle.
remark-unconfirmed = Hviler på gæt, som ingen har bekræftet: { $names }.
remark-not-tested = En tabel med mere end { $most } celler testes ikke.
remark-no-weight = Respondenter uden brugbar vægt i { $var }: { $rows }. De er udeladt.
remark-no-stratum = Respondenter uden svar i { $var }, som danner strata: { $rows }. De er regnet som et stratum for sig.
remark-no-cluster = Respondenter uden svar i { $var }, som danner klynger: { $rows }. Hver af dem er regnet som sin egen klynge.
remark-no-population = Respondenter i strata, hvis størrelse i populationen ikke kendes af { $var }: { $rows }. Dér er der ikke korrigeret for en endelig population.
remark-empty = Ingen er tilbage: ingen respondent opfylder alle betingelser.
remark-no-group = Respondenter uden svar i { $var }, som danner grupperne: { $rows }. De er ikke med i nogen gruppe.
remark-no-such-code = Ingen har svaret { $code } i { $var }, og kodebogen kender det heller ikke.
remark-not-asked = »{ $item }« er ikke spurgt.
remark-not-asked-group = »{ $item }« er ikke spurgt i gruppen »{ $group }«.
remark-small-groups = Grupper med færre end 30 respondenter: { $groups }. Deres tal er usikre.
remark-model-incomplete = Respondenter, der er udeladt af modellen, fordi et svar mangler: { $rows } af { $of } ({ $vars }).
remark-model-as-number = { $var } har få hele tal uden etiketter og indgår i modellen som et tal. Skriv factor({ $var }) for at bruge kategorierne.
remark-model-one-level = Alle i modellen har samme svar på { $var }, så den forklarer intet og er udeladt.
remark-model-dependent = Udeladt, fordi andre led i modellen allerede siger det samme: { $terms }.
remark-model-endless = Der er intet skøn for { $terms }: nogle respondenters udfald følger med sikkerhed heraf (separation), og koefficienten vokser uden ende. Slå kategorier sammen, eller udelad leddet.
remark-model-not-converged = Beregningen var ikke nået til ende efter { $steps } trin. Brug ikke tallene; udelad led.
remark-model-no-degrees = Designet har for få udtrukne enheder til så mange koefficienter, så der er ingen test og ingen intervaller. Udelad led.
remark-model-few-events = Kun { $events } respondenter har det sjældneste udfald, til { $coefficients } koefficienter. Tallene er usikre; færre led er sikrere.

## Rækker dannet af svar

row-chosen = valgt
row-any = Mindst én
row-none = Ingen af dem
row-count = Antal valgte
row-alone = { $item }, alene
row-with-others = { $item }, sammen med andre
row-only-this = Ingen andre
row-and-others = Sammen med andre
row-both = { $item } og { $other }
row-given = { $item } blandt { $other }
row-ratio = { $above } pr. { $below }
row-median = Median
row-quantile = { $percent } procent-fraktil

## Hvordan tallene er beregnet

explain-everybody = alle med et svar
explain-where = { $among }, hvor { $condition }
explain-weighted = vægtet med { $var }
explain-unweighted = uvægtet
explain-share = Andel: summen af vægte for dem, der har givet svaret, divideret med summen for alle i basen ({ $among }; n = { $n }; { $weighting }).
explain-mean = Gennemsnit: den vægtede sum af værdierne divideret med summen af vægte i basen ({ $among }; n = { $n }; { $weighting }).
explain-total = Total: den vægtede sum over basen, et skøn for populationen ({ $among }; n = { $n }; { $weighting }).
explain-ratio = Forhold: én vægtet total divideret med en anden for de samme respondenter ({ $among }; n = { $n }; { $weighting }).
explain-quantile = Fraktil: den mindste værdi, som mindst den andel af vægtene ligger på eller under ({ $among }; n = { $n }; { $weighting }).
explain-lift = Løft: andelen med begge divideret med produktet af de to andele; 1 betyder uafhængige ({ $among }; n = { $n }; { $weighting }).
explain-odds-ratio = Oddsratioer: en logistisk regression ved vægtet maksimum-pseudolikelihood; 1 betyder ingen forskel ({ $among }; n = { $n }; { $weighting }).
explain-coefficient = Koefficienter: en lineær regression ved vægtede mindste kvadrater; 0 betyder ingen forskel ({ $among }; n = { $n }; { $weighting }).
explain-difference = Forskelle: gennemsnitlige marginale effekter i en logistisk regression, alt andet som observeret ({ $among }; n = { $n }; { $weighting }).
explain-post-stratified = Vægtene er efterstratificeret til populationen efter { $margins }, og variansen er residualernes.
explain-raked = Vægtene er rakket til populationen efter { $margins }, og variansen er residualernes.
explain-trimmed = Vægtene er beskåret til at ligge fra { $low } til { $high }.
explain-linearised = Standardfejl ved Taylor-linearisering over hele designet ({ $design }), også for undergrupper; frihedsgrader (udtrukne enheder minus strata i basen): { $df }.
explain-replicates = Standardfejl fra replikatvægtene { $prefix } ({ $kind }) som afvigelser fra replikaternes gennemsnit; frihedsgrader (vægtenes rang minus én): { $df }.
explain-design-strata = { $strata } strata
explain-design-clusters = udtrukne enheder efter { $var }
explain-design-population = endelig population
explain-design-weights = vægte alene, udtræk med tilbagelægning
explain-design-simple = simpelt tilfældigt udtræk med tilbagelægning
explain-lonely-adjust = Et stratum med én udtrukket enhed tæller fuldt ud som afvigelse fra gennemsnittet af alle.
explain-lonely-centre = Et stratum med én udtrukket enhed tæller som afvigelse fra gennemsnittet af alle udtrukne enheder.
explain-lonely-average = Et stratum med én udtrukket enhed tæller som de andre strata i gennemsnit.
explain-lonely-remove = Et stratum med én udtrukket enhed tæller ikke.
explain-interval-logit = Intervaller: { $level } procent, t på logit-skalaen; Korn–Graubard ved 0 og 100 procent.
explain-interval-beta = Intervaller: { $level } procent, Korn–Graubard (beta) på det effektive antal respondenter.
explain-interval-wilson = Intervaller: { $level } procent, Wilsons scoreinterval på det effektive antal respondenter.
explain-interval-arcsine = Intervaller: { $level } procent, t på arcsinus-skalaen; Korn–Graubard ved 0 og 100 procent.
explain-interval-t = Intervaller: { $level } procent, skøn ± t × standardfejl.
explain-interval-woodruff = Intervaller: { $level } procent, Woodruffs: fraktilerne ved enderne af intervallet for andelen under.
explain-interval-log = Intervaller: { $level } procent, t på logaritmen, ved deltametoden.
explain-test-shares = Test: Rao og Scotts F af anden orden på den vægtede tabel; Pearson og likelihood behandler den som et simpelt tilfældigt udtræk og står der kun til sammenligning.
explain-test-means = Test: Walds F for, at alle grupper er ens, med designets kovarians.
explain-pairs-groups = Forskelle: t-test af hvert par af grupper med designets kovarians.
explain-pairs-rest = Forskelle: t-test af hver gruppe mod alle andre tilsammen med designets kovarians.
explain-pairs-items = Forskelle: t-test af hvert par af svar fra de samme respondenter med deres kovarians.
explain-adjust-holm = P-værdierne er justeret efter Holm.
explain-adjust-bonferroni = P-værdierne er justeret efter Bonferroni.
explain-adjust-bh = P-værdierne er justeret efter Benjamini og Hochberg.
explain-adjust-none = P-værdierne er ikke justeret for antallet af sammenligninger.
explain-model-logistic = Logistisk regression af “{ $outcome }” ved vægtet likelihood (n = { $n } med fuldstændige svar; { $weighting }).
explain-model-linear = Lineær regression af “{ $outcome }” ved vægtede mindste kvadrater (n = { $n } med fuldstændige svar; { $weighting }).
explain-model-tests = Koefficienter: t-test og intervaller samt Walds F for hvert led, med { $df } frihedsgrader (designets minus koefficienterne plus én).
explain-model-references = Referencekategorier: { $references }.
explain-model-margins = Forudsagte andele og gennemsnit: den gennemsnitlige forudsigelse, når alle har værdien og ellers er som observeret; fejl ved deltametoden.
explain-model-effects = Gennemsnitlige marginale effekter: forudsigelsens gennemsnitlige ændring med én enhed mere eller med kategorien i stedet for referencen; fejl ved deltametoden.

## Opremsning

list-and = { $first } og { $last }
list-or = { $first } eller { $last }

## Figurer

# UpSet, slope, lines
figure-sets-exact = Præcis disse
figure-sets-exact-meaning = Hver søjle: andelen med de markerede svar og ingen andre, procent
figure-sets-least = Mindst disse
figure-sets-least-meaning = Hver søjle: andelen med alle de markerede svar og eventuelt flere, procent
figure-sets-sizes = I alt, procent
figure-sets-nothing = ingen
figure-sets-rest-one = Ikke vist: én sjældnere kombination, { $share }.
figure-sets-rest-exact = Ikke vist: { $n } sjældnere kombinationer, tilsammen { $share }.
figure-sets-rest-least = Ikke vist: { $n } sjældnere kombinationer, hver højst { $share }.
figure-alt-upset = UpSet-diagram af kombinationer.
# Figures
figure-untitled = Uden titel
figure-n = n = { $n }
figure-percent = Procent af svarene
figure-percent-of = Procent af { $among }
figure-mean = Gennemsnit
figure-mean-of = Gennemsnit for { $among }
figure-headline-by = { $title } efter { $by }
figure-headline-mean = { $title }: { $value } i gennemsnit
figure-headline-share = { $title }: { $value }
figure-headline-union = { $title }: { $item }, { $value }
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
figure-note-one = Ét svar muligt.
figure-note-several = Flere svar mulige.
figure-note-several-max = Flere svar mulige, højst { $max }.
figure-note-percent = Procent af svarene; { $weighting }.
figure-note-percent-of = Procent af { $among }; { $weighting }.
figure-note-mean = Gennemsnit; { $weighting }.
figure-note-mean-of = Gennemsnit for { $among }; { $weighting }.
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
figure-synthetic-stem = syntetisk
figure-synthetic = Syntetiske data, ikke rigtige svar.

## Vinduet

ui-synthetic = syntetisk eksempel
ui-sample = Eksemplet
ui-respondents = respondenter
ui-cancel = Annuller

# Filer
ui-file = Fil
ui-open = Åbn…
ui-open-path = Skriv en sti…
ui-open-sample = Åbn eksemplet
ui-open-another = Åbn en anden…
ui-locate = Find filen…
ui-save = Gem
ui-save-as = Gem som…
ui-recent = Seneste
ui-quit = Afslut
ui-undo = Fortryd
ui-redo = Gentag
ui-language = Sprog
ui-danish = Dansk
ui-english = English
ui-export = Eksportér
ui-export-svg = Vektorbillede (SVG)…
ui-export-png = Billede (PNG)…
ui-export-png-dpi = Billede (PNG), { $dpi } dpi…
ui-files-all = Undersøgelser og projekter
ui-files-surveys = Undersøgelser
ui-files-projects = Isobar-projekter
ui-path = Sti
ui-path-hint = /mappe/fil
ui-path-open = Åbn en undersøgelse eller et projekt
ui-path-locate = Hvor er datafilen nu?
ui-add-data = Tilføj en fil med flere svar…
ui-join-data = Tilføj organisationernes svar…
ui-path-add = Hvilken fil skal lægges under? En runde, et land, en respondenttype
ui-path-join = Hvor er organisationernes svar?
ui-sheet = Ark
ui-status-sheet = Ark: { $sheet }
ui-status-weighted-unconfirmed = Vægtet (vægten er ubekræftet)
ui-path-save = Gem projektet
ui-path-export = Gem figuren
ui-path-open-button = Åbn
ui-path-save-button = Gem filen
ui-reading = Sådan læses filen…
ui-reading-title = Sådan læses filen
ui-reading-found = { $variables } variable, { $rows } rækker. De første:
ui-reading-auto = Fundet i filen
ui-reading-guess = Tilbage til det fundne
ui-separator = Skilletegn
ui-separator-semicolon = Semikolon ;
ui-separator-comma = Komma ,
ui-separator-tab = Tabulator
ui-separator-bar = Lodret streg |
ui-decimal = Decimaltal
ui-decimal-comma = Komma: 3,14
ui-decimal-point = Punktum: 3.14
ui-encoding = Tegnsæt
ui-done = Færdig
ui-status-text-file = Tekstfil, { $encoding }

# Spørgsmål
ui-search = Søg i { $count } spørgsmål
ui-search-nothing = Intet fundet for »{ $search }«. Prøv et kortere ord.
ui-background = Hvem svarede

# Filter
ui-filter = Filter
ui-filter-add = Filter
ui-filter-clear = Ryd alle
ui-clear-filter = Ryd filteret
ui-filter-remove = Fjern filteret { $variable }
ui-filter-search = Søg efter en variabel
ui-filter-more = Flere variable
ui-filter-back = Vælg en anden variabel
ui-filter-reset = Fjern filter
ui-filter-from = Fra
ui-filter-to = Til
ui-filter-keeps = { $n } svar er tilbage med alle filtre, vægtet { $weighted }.
ui-filter-no-numbers = Ingen af de respondenter, som de andre filtre lader tilbage, har et tal her.
ui-unweighted = svar
ui-weighted = vægtet
ui-tally = af { $all } svar
ui-tally-weighted = af { $all } { $unit }
ui-tally-unweighted = af { $all } { $unit }

# Visninger og opdeling
ui-add-view = Tilføj visning
ui-remove-view = Luk visningen
ui-next-view = Næste visning
ui-previous-view = Forrige visning
ui-view-close = Luk visningen { $view }
ui-view-name = Visningens navn
ui-view-rename-hint = Dobbeltklik for at omdøbe
ui-by = Opdel efter
ui-by-none = Ingen
ui-by-other = Anden variabel
ui-by-variable = Opdel efter { $variable }

# Indstillinger
ui-settings-figure = Figur
ui-settings-base = Basis
ui-settings-certainty = Sikkerhed
ui-settings-appearance = Udseende
ui-chart = Diagram
ui-chart-bars = Liggende søjler
ui-chart-auto = Automatisk
ui-chart-dots = Punkter med interval
ui-chart-stacked = Stablede søjler
ui-chart-diverging = Divergerende søjler
ui-chart-number = Stort tal
ui-chart-donut = Ring
ui-chart-upset = Kombinationer (UpSet)
ui-chart-slope = Hældningsdiagram
ui-chart-lines = Kurver
ui-chart-network = Netværk
ui-chart-matrix = Matrix
ui-chart-flow = Strømme mellem grupper
ui-chart-table = Tabel
ui-sort = Sortér
ui-sort-largest = Størst først
ui-sort-questionnaire = Som i spørgeskemaet
ui-headline = Overskrift
ui-headline-reset = Brug forslaget
ui-base = Blandt
ui-base-everybody = alle respondenter
ui-dont-know = Ved ikke
ui-dont-know-own = Standard: { $policy }
ui-dont-know-keep = behold
ui-dont-know-drop = udelad
ui-dont-know-listwise = udelad helt
ui-weight = Vægt
ui-weight-none = Ingen vægt
ui-interval = Interval
ui-interval-off = Fra
ui-method = Metode
ui-method-beta = Korn–Graubard (beta)
ui-theme = Tema
ui-theme-light = Lyst
ui-theme-dark = Mørkt
ui-theme-print = Tryk
ui-colours = Farver
ui-colours-actors = Aktører
ui-colours-one = Én farve
ui-figure-language = Sprog
ui-size = Størrelse
ui-size-standard = Standard
ui-size-page-width = Sidens bredde (16 cm)
ui-size-half-page = Halv side (16 × 12 cm)
ui-size-page = Hel side (16 × 24 cm)
ui-size-slide = Slide 16:9
ui-size-own = Egne mål
ui-size-numbers = Mål
ui-size-width = Bredde i cm
ui-size-height = Højde i cm
ui-size-auto = fri

# Status
ui-status-unsaved = Ændringer er ikke gemt
ui-status-saved = Gemt i { $file }
ui-status-new = Ikke gemt endnu
ui-status-weighted = Vægtet
ui-status-unweighted = Uvægtet
ui-status-strata = strata: { $strata }
ui-status-cluster = klynger: { $cluster }
ui-status-population = endelig population
ui-status-remarks = Bemærkninger: { $count }
ui-message-saved = Projektet er gemt: { $file }
ui-message-exported = Figuren er gemt: { $file }
ui-message-close = Luk beskeden

# Setting up a survey
ui-setup = Opsæt undersøgelsen…
ui-setup-title = Opsæt undersøgelsen
ui-setup-save = Gem kodebogen
ui-setup-save-hint = Gemmes ved siden af datafilen og bruges af den næste fil med de samme variable
ui-setup-close = Tilbage
ui-setup-looking = Ser på variablene…
ui-setup-count = { $open } af { $all } gæt er ikke afgjort. Intet gæt bruges i en figur, før du har taget det og gemt kodebogen.
ui-setup-from = Mindst så sikre
ui-setup-use-all = Brug alle
ui-setup-use-hint = Bruger alle gæt, der er mindst så sikre. De er mærket som ubekræftede, indtil du har taget dem.
ui-setup-search = Søg i listen
ui-setup-nothing = Her er der intet at afgøre.
ui-setup-roles = Roller
ui-setup-questions = Spørgsmål
ui-setup-codes = Svarkoder
ui-setup-concepts = Begreber
ui-setup-variables = Variable
ui-setup-take = Tag: { $what }
ui-setup-refuse = Afvis: { $what }
ui-setup-taken = taget
ui-setup-unconfirmed = ubekræftet
ui-setup-told = fra filen eller dig
ui-setup-code = { $code } betyder »{ $meaning }«
ui-setup-choose = Vælg en række for at se og ændre den.
ui-setup-why = Hvorfor
ui-setup-label = Navn
ui-setup-short = Kort navn
ui-setup-role = Rolle
ui-setup-kind = Slags
ui-setup-values = Koder
ui-setup-value = Hvad { $code } betyder
ui-setup-in = Variable med koden
ui-setup-concept = Begreb
ui-setup-concept-none = Intet
ui-setup-about = Ser ud til at handle om »{ $concept }«.
ui-setup-counted = Valgt er
ui-setup-merge = Læg til
ui-setup-merge-none = Vælg et spørgsmål, hvis felter hører til her
ui-setup-items = Felter
ui-setup-split = Nyt spørgsmål fra { $item }
ui-setup-dissolve = Det er ikke ét spørgsmål
ui-setup-unknown = Isobar har { $count } gæt på, hvad filens variable betyder.
ui-setup-instead = I stedet for { $other }
ui-setup-marked = { $count } roller og spørgsmål er gæt, som ingen har bekræftet.
ui-setup-unsaved = Dine valg om variablene er ikke gemt endnu.
ui-setup-later = Ikke nu
ui-role-none = Ingen
ui-role-weight = Vægt
ui-role-stratum = Stratum
ui-role-population-size = Populationens størrelse
ui-role-cluster = Klynge
ui-role-sector = Sektor
ui-role-size = Størrelse
ui-role-respondent-type = Respondenttype
ui-role-region = Region
ui-role-branch = Branche
ui-role-round = Runde
ui-role-id = Id
ui-role-organisation = Organisation
ui-question-single = Ét svar
ui-question-multiple = Flere svar
ui-question-battery = Udsagn på en skala
ui-question-numeric = Tal
ui-variable-nominal = Kategorier
ui-variable-ordinal = Ordnede kategorier
ui-variable-numeric = Tal
ui-variable-text = Tekst
ui-variable-date = Dato
ui-answer-answer = svar
ui-answer-dont-know = ved ikke
ui-answer-not-relevant = ikke relevant
ui-answer-refused = ønsker ikke at svare
ui-answer-not-asked = ikke spurgt
ui-answer-missing = mangler
ui-confirm-codebook = Gem kodebogen?
ui-confirm-codebook-hint = Dine valg om variablene er ikke gemt. De går tabt, hvis du ikke gemmer dem.
ui-message-codebook = Kodebogen er gemt: { $file }
ui-unconfirmed-hint = Et gæt, som ingen har bekræftet. Bekræft det under Fil, Opsæt undersøgelsen.

# Når der ingen figur er
ui-opening = Åbner { $survey }…
ui-waiting = Figuren er på vej
ui-nothing = Åbn en undersøgelse
ui-nothing-hint = Isobar læser .sav, .zsav, .por, .dta, .sas7bdat, .xpt, .xlsx, .xls, .ods, .csv, .tsv, .parquet og .arrow. Træk en fil ind i vinduet, eller vælg en.
ui-failed = Data kan ikke læses
ui-changed = Datafilen er ændret
ui-changed-hint = Filen er ikke den, som projektet sidst blev gemt med. Tallene kan være andre end før. Dine valg er bevaret.
ui-changed-accept = Brug den
ui-no-answer = Der er intet svar på det her
ui-nobody = Ingen er tilbage
ui-nobody-filter = Ingen respondent opfylder alle filtre og er blevet stillet spørgsmålet.
ui-nobody-base = Ingen respondent er blevet stillet spørgsmålet.
ui-confirm = Gem ændringerne?
ui-confirm-hint = Projektet har ændringer, som ikke er gemt. De går tabt, hvis de ikke gemmes.
ui-confirm-save = Gem
ui-confirm-discard = Gem ikke
ui-drop = Slip for at åbne filen

## Gæt om spalterne i en ukendt fil

remark-guess-name-word = Navnet har ordet { $word }.
remark-guess-label-word = Teksten har ordet { $word }.
remark-guess-value-words = Svarene er { $labels }.
remark-guess-ranges = Svarene er intervaller: { $labels }.
remark-guess-fractions = Tallene er positive, og de fleste er ikke hele.
remark-guess-mean-is-one = Gennemsnittet er 1.
remark-guess-sum-is-population = Summen svarer til populationen ({ $sum }).
remark-guess-unique = Hver respondent har sin egen værdi.
remark-guess-consecutive = Værdien tæller op fra række til række.
remark-guess-constant-within = Der er én værdi inden for hver værdi af { $var }.
remark-guess-explains = Hver værdi har sin egen populationsstørrelse i { $var }.
remark-guess-shared-label = Teksterne har { $label } til fælles.
remark-guess-name-stem = Navnene begynder med { $stem }.
remark-guess-same-answers = De har de samme svar ({ $count }): { $labels }.
remark-guess-two-values = Der er to svar, { $chosen } og { $other }, og det første betyder valgt.
remark-guess-one-value = Feltet er { $value } eller tomt.
remark-guess-filled-in-order = Felterne er udfyldt forfra og aldrig med det samme svar to gange.
remark-guess-code-label = Koden hedder { $label }.
remark-guess-code-apart = Koden ligger for sig selv.
remark-guess-question-word = Spørgsmålet har ordene { $word }.
remark-guess-known-items = Svarmuligheder, der kendes fra andre undersøgelser: { $known } af { $of }.
