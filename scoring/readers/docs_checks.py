"""What a README covers of the five checks of doc.1: purpose, set-up, run, data and contact.

A check is passed by a heading, by a command of the right kind, by a link to the page that tells it, or by a sentence
that speaks of it. What is missing is told to an owner, so that doubt
passes a check: one that is passed in vain costs less than a finding that the page refutes.
"""

import re
from itertools import pairwise

from scoring.facts import Command
from scoring.readers.caseless import Caseless
from scoring.readers.docs_markup import Page, plain
from scoring.readers.docs_people import tells_contact

MAX_SENTENCES = 3_000
SENTENCE_CUT = 600
PURPOSE_WORDS = 8
OPENING_LINES = 60

_INLINE = re.compile(r"`([^`\n]{4,200})`")

_SETUP_HEADING = Caseless(
    r"\b(?:install(?:ation|ing)?|set[- ]?up|setting up|getting started|quick[- ]?start(?:ed)?|pre-?requisites?"
    r"|requirements?"
    r"|dependenc(?:y|ies)|environment|building|build from source|how to (?:install|build|start)|configuration)\b"
)
_SETUP_COMMAND = re.compile(
    r"\b(?:pip[\d.]*\s+install|conda\s+(?:env\s+create|create|install)|mamba\s+(?:env|create|install)"
    r"|poetry\s+install|uv\s+(?:sync|pip"
    r"|add|venv)|pipenv\s+install|pdm\s+install|setup\.py\s+(?:install|develop)|docker(?:-compose"
    r"|\s+compose)?\s+(?:build|pull|up)"
    r"|make\s+(?:install|setup|init|requirements|env\w*)|(?:apt|apt-get|brew|yum|dnf)\s+(?:-\S+\s+)*install"
    r"|virtualenv|-m\s+venv"
    r"|npm\s+(?:install|ci)|catkin_make|devtools::install|install\.packages|go\s+(?:get|install)"
    r"|easy_install|(?:cabal|cargo|gem)\s+install)\b"
)
_SETUP_WORDS = Caseless(
    r"\b(?:install(?:ed|ation|ing|s)?|set-?up|requirements?|requires?|prerequisites?|dependenc(?:y|ies)|depends on"
    r"|built with|tested (?:on|with|under)|written in python|python ?[23](?:\.\d+)?|conda|docker\w*|virtualenv"
    r"|PYTHONPATH|npm|yarn|clone (?:this|the|it))\b"
)
"""What it needs, in a sentence."""
_MANUAL = Caseless(
    r"\]\((?![^)]*\.(?:svg|png|gif|jpe?g)\b)[^)]*(?:(?:^|[(/.])(?:docs?|documentation|wiki|manual|guides?)(?:[/.)]|$)"
    r"|readthedocs|install\w*\.(?:md|rst|txt|html)|instructions?\.|usage\.|quick_?-?start|getting[-_]started)"
    r"|\[[^\]]*\b(?:documentation|docs|user guide|manual|instructions)\b[^\]]*\]\((?![^)]*\.(?:svg|png|gif|jpe?g)\b)"
    r"|\bdocumentation_\b|https?://[\w-]+\.(?:readthedocs\.(?:io|org)|github\.io)(?!.*(?:badge|\.svg|\.png))|^\.\./?\S*documentation|^documentation/\S+\.(?:md|rst)$"
    r"|href=[\"']?[^\"'> ]*(?:readthedocs|/(?:docs?|documentation|wiki)/)",
    hints=("](", "http", "href", "documentation"),
)
"""A link to documentation: how to set it up and run it is told there."""
_OF_OTHERS = re.compile(
    r"\[[^\]\n]*\]\(\s*https?://(?:www\.)?{hosts}[^\s)]*\)|https?://(?:www\.)?{hosts}[^\s)\]>\"']*".replace(
        "{hosts}",
        r"(?:pytorch\.org/(?:docs|get-started|tutorials|vision)|docs\.(?:python|scipy|pytest|conda|docker|anaconda|nvidia|github|gitlab)"
        r"\.(?:org|com|io)|numpy\.org|(?:pandas|geopandas)\.(?:pydata\.)?org|scikit-learn\.org|matplotlib\.org|virtualenv\.pypa\.io"
        r"|pip\.pypa\.io|packaging\.python\.org|virtualenv\.readthedocs\.\w+|conda\.io|docs\.aws\.amazon\.com"
        r"|(?:docs|learn)\.microsoft\.com|help\.github\.com|jupyter\.readthedocs\.io)",
    ),
    re.IGNORECASE,
)
"""A link to the documentation of what anybody builds on: it tells nothing of this project."""
_MORE = Caseless(
    r"\blearn more\b.*https?://|\]\((?:\./)?(?:develop\w*|hacking|set-?up)\.(?:md|rst|txt)\)"
    r"|\b(?:tutorial|instructions?|details|write-?up)\b.{0,30}\b(?:here|found|see)\b.*https?://"
    r"|\bsee\b.*https?://.*\bfor (?:a |the |full |more )*(?:descriptions?|details|instructions?)\b",
    hints=("](", "http"),
)
_MANUALS = frozenset({"documentation", "docs", "user guide", "manual"})
_RUN_HEADING = Caseless(
    r"\b(?:usage|how to (?:use|run|train)|run(?:ning)?|train(?:ing)?|infer(?:ence|ring)?|evaluat(?:e|ion|ing)"
    r"|predict(?:ions?|ing)?"
    r"|fine-?tun(?:e|ing)|quick[- ]?start|getting started|demo|examples?|tutorials?|reproduc(?:e|ing|tion)"
    r"|deploy(?:ment|ing)?"
    r"|serving|testing|instructions)\b"
)
_RUN_COMMAND = re.compile(
    r"^(?:[A-Z_]+=\S+\s+)*(?:python[\d.]*\s+(?!-m\s+(?:pip|venv|virtualenv)\b|setup\.py|--version|-V)(?:-\S+\s+)*\S+"
    r"|dvc\s+(?:repro|exp\s+run)|mlflow\s+(?:run|models|ui|server)|docker(?:-compose|\s+compose)?\s+(?:\S+\s+)*(?:run|up)\b"
    r"|accelerate\s+launch|torchrun|deepspeed|jupyter|streamlit\s+run|uvicorn|gunicorn|flask\s+run|papermill"
    r"|make\s+(?!install|setup|init|requirements|env)\w+|(?:ba)?sh\s+\S+\.sh|\./\S+|roslaunch|rosrun|uv\s+run|poetry\s+run"
    r"|go\s+run|cargo\s+run|Rscript|julia|java|matlab|octave|kedro\s+run|dbt\s+(?:run|build)|prefect|ray\s+submit|ludwig\s+\w+)"
)
_BARE_COMMAND = re.compile(
    r"\$?\s*(?:(?:uvicorn|gunicorn|streamlit run|flask run) \S+[:.]\w|docker[- ]compose up"
    r"|python3? [\w./-]+\.py(?: -|$))"
)
"""A line that is a command, though nothing marks it as one."""
_RUN_SENTENCE = Caseless(
    r"\b(?:run(?:ning)?|self-?host(?:ed|ing)?|deploy(?:ing|ment)?|train(?:ing)?|usage|get(?:ting)? started"
    r"|documentation|user guide|tutorials?)\b.*\]\("
)
_SCRIPT = re.compile(r"(?:^|[\s`'\"(\[/*])[\w.-]+\.(?:py|ipynb|sh)\b")
_NO_USE = re.compile(r"^(?:@\w+\{|[\w-]+ ?= ?[{\"]|[}|]|\W*$|git clone|cd )|[├└│╰╭─]|^\S+/?(?:\s+#.*)?$")
"""Lines of code blocks that show no use: a citation, a tree of folders, a path."""
_NO_SHOW = frozenset({"json", "yaml", "yml", "toml", "xml", "html", "bibtex", "bib", "tex", "mermaid"})
_DATA_HEADING = Caseless(
    r"\b(?:data ?sets?|data (?:sources?|preparation|download|origin|description|collection|acquisition|card)"
    r"|(?:training|input|raw|evaluation|benchmark) data|(?:the )?data$|corpus|corpora|download(?:ing)? (?:the )?data)\b"
    r"|^data\b(?! (?:structures?|types?|augmentation|model|pipeline|flow|science|loader|parallel|class))"
)
_DATASETS = Caseless(
    r"\b(?:mnist|cifar-?\d+|imagenet|ms-?coco|coco\b|kitti|pascal voc|movielens|squad|glue\b|librispeech|cityscapes"
    r"|celeba|wikitext|conll|titanic|iris data|snli|multinli|shapenet|modelnet|laion|common ?crawl|openml|uci\b"
    r"|yahoo finance|yfinance|hugging ?face datasets?)"
)
"""Data sets that are known by their names, and where everybody gets them."""
_DATA_COMMAND = Caseless(
    r"\bdvc\s+(?:pull|get|import|fetch)|\bkaggle\s+(?:datasets|competitions)|\bgdown\b|load_dataset\("
    r"|data\w*\s*=\s*[\x22']?(?:https?|s3|gs)://"
    r"|download\w*[-_]?\w*data|(?:get|fetch|prepare|download)_(?:\w+_)?(?:data|dataset|corpus|coco|imagenet)\w*"
    r"|(?:wget|curl|gsutil|aws\s+s3).*(?:data|corpus)",
    hints=("data", "corpus", "dvc", "kaggle", "gdown", "coco", "imagenet"),
)
_DATA_SENTENCE = Caseless(
    r"\b(?:data ?sets?|training data|corpus|corpora|data (?:is|are|was|were|comes?|can be|from|generated))\b"
    r".*(?:https?://|\]\(|s3://|gs://|kaggle|zenodo|doi\.org)"
    r"|(?:https?://|\]\().*\b(?:data ?sets?|training data|corpus)\b"
    r"|kaggle\.com/(?:c|competitions|datasets|[\w-]+/[\w-]+)\b|\bdrivendata\.org/competitions/"
    r"|(?<![a-z])kaggle(?![a-z])|(?:^|[\s`(\"'/])(?:data(?:sets?)?|inputs?|corpus|\w+_data)/"
    r"|\b(?:place|gold|silver|bronze|winning|prize)\b.*\bsolutions?\b"
    r"|\bsolutions? (?:to|of|for) .*\b(?:challenge|competition)\b"
    r"|\b(?:download|collect|scrap|fetch|obtain|gather|crawl|retriev|extract|pull|sourc)\w*\b.{0,80}\b(?:data\w*|images"
    r"|reviews|tweets|videos|prices|records|articles|documents|corp(?:us|ora)|competition)\b"
    r"|\bdata\w*\b.{0,80}\b(?:download|collect|scrap|fetch|obtain|gather|crawl|retriev|provided|pulled|sourced|taken"
    r"|generated|stored|stem|origin)\w*"
    r"|\b(?:on|from|of|using|with|uses?|turns) (?:the |an? |our )?(?!your|own|custom|any)(?:[\w'’`*-]+ ){1,5}"
    r"data ?set\b|sklearn\.datasets|\bload_[a-z]+_?[a-z]*\(|\bdata sources?\b"
    r"|[\w-]+\.(?:csv|tsv|parquet|xlsx?|jsonl|tfrecords?|arff|h5ad)\b"
    r"|\bdata[\w-]*/(?:raw|input|external)\b",
    hints=(
        *("data", "corp", "kaggle", "input", "solution", "images", "reviews", "tweets", "videos", "prices", "records"),
        *("articles", "documents", "competition", "load_", ".csv", ".tsv", ".parquet", ".xls", ".jsonl", ".tfrecord"),
        *(".arff", ".h5ad"),
    ),
)
_NAMED_DATA = re.compile(r"\b[A-Z][\w-]*(?: [A-Z\d][\w-]*)* (?:[Dd]ata ?sets?|[Cc]orpus|[Cc]orpora|[Bb]enchmarks?)\b")
_DATA_LEAD = Caseless(r"\b(?:data ?sets?|data|corpora)\b[^.]{0,60}:\W*$")
"""A line that ends where the list of what it names begins."""
_PURPOSE_HEADING = Caseless(
    r"\b(?:about|overview|introduction|intro|what (?:is|are|does)|motivation|background|description|summary"
    r"|abstract|purpose|goals?"
    r"|objectives?|features|problem(?: statement)?|why\b|key features|highlights|use cases?|scope)\b"
)
_PURPOSE_TITLE = Caseless(
    r"(?:code|source|companion|supplementa\w+|materials?|accompanying)\b.{0,40}\b(?:repositor(?:y|ies)|repo|for|to|of)\b"
    r"|\b(?:repositor(?:y|ies)|repo|code|notebooks) (?:for|of|to)\b"
)
"""A title that says what the repository holds: code of a book, a paper, a course."""
_PURPOSE_SENTENCE = Caseless(
    r"\b(?:code|examples|notebooks|materials?|repositor(?:y|ies)|scripts)\b.{0,40}"
    r"\b(?:accompan(?:y|ies|ying)|that go(?:es)? with|companion)\b"
    r"|\b(?:this|the) (?:repositor(?:y|ies)|repo|project|package|library)"
    r" (?:is (?:an?|the|about|for)|contains|holds|provides|implements|hosts)\b|^this is (?:\w+ ){1,6}(?:for|of|to)\b"
)
"""A sentence further down that says it."""
_ENGLISH = frozenset({"the", "of", "and", "to", "for", "this", "with", "are", "that", "you", "from"})
ENOUGH_WORDS = 40
"""Words of prose from which on its language shows."""
FEW_ENGLISH = 0.04
"""Share of the commonest English words, under which prose is in another language."""
MANY_LETTERS = 0.2
"""Share of letters outside ASCII, over which it is."""
_OF_ASCII, _NO_LETTERS = re.compile(r"[\x00-\x7f]+"), re.compile(r"[^A-Za-z]+")
_INSTALLED = re.compile(
    r"\b(?:pip[\d.]*|conda|mamba|uv|poetry|pdm)\s+(?:install|add)\s+(?:-\S+\s+|conda-forge\s+)*[\"'`]?([A-Za-z][\w.-]{1,60})"
    r"|(?:\bpypi(?:\.\w{1,20}){0,3}/(?:project|pypi|\w{1,3})/|badge\.fury\.io/py/|pepy\.tech/(?:project|badge)/)"
    r"([A-Za-z][\w.-]{1,60})"
)
_SUFFIX = re.compile(r"\.(?:svg|png)$|[.-]+$")
_PURPOSE_OPENING = Caseless(
    r"\b(?:codes?|implement(?:s|ing|ations?)|solutions?|scripts?|examples?|tools?|framework|notebooks?|experiments?|collection)"
    r"\b.{0,40}\b(?:for|of|to|on|with)\b"
)
"""One of the first lines that says it in few words."""
FIRST_LINES = 3
FEW_WORDS = 5
"""Words of a first line that stands alone and says what this is: "Extra batteries for Keras"."""
_NOT_PURPOSE = Caseless(
    r"^(?:to (?:run|install|use|train|start|get)|first|run|install|use the|see|please|click|download|clone|copy"
    r"|make sure|todo|note"
    r"|warning|english|\||\[!|this (?:file|folder|directory|page)\b|\.\. )"
)
_DECORATION = ("<", "|", "[![", "![")


def _opening_says_purpose(page: Page) -> bool:
    """The first sentence of prose before the second heading or so: what this is, in at least PURPOSE_WORDS words."""
    second = page.headings[2][1] if len(page.headings) > 2 else OPENING_LINES * 10
    paragraph: list[str] = []
    last = 0
    for number, line in page.prose[:OPENING_LINES]:
        if number > max(second, 12):
            break
        text = plain(line[:SENTENCE_CUT])
        if number > last + 1:
            paragraph = []
        last = number
        quoted = line.startswith((">", "<")) and len(text.split()) >= PURPOSE_WORDS
        decoration = line.startswith((*_DECORATION, "- [", "* [", ">"))
        if not text or ((decoration or _NOT_PURPOSE.search(text)) and not quoted):
            continue
        paragraph += [word for word in text.split() if word[0].isalpha()]
        if len(paragraph) >= PURPOSE_WORDS:
            return True
    return False


def checks_of(page: Page, commands: list[Command]) -> tuple[str, ...]:
    """The checks that a README passes."""
    titles = [title for title, _ in page.headings]
    lines = [line[:SENTENCE_CUT] for _, line in page.prose[:MAX_SENTENCES]]
    said = [line for line in lines if not line.startswith(_DECORATION)]
    shown = [command.text for command in commands] + [code for line in lines for code in _INLINE.findall(line)]
    sources = [code.text for code in page.code]
    own = [_OF_OTHERS.sub("", line) if "http" in line else line for line in lines]
    manual = any(_MANUAL.search(line) or _MORE.search(line) for line in own) or any(
        title.lower() in _MANUALS for title in titles
    )
    passed = {
        "purpose": any(map(_PURPOSE_HEADING.search, titles))
        or any(map(_PURPOSE_TITLE.search, titles[:1]))
        or _opening_says_purpose(page)
        or any(map(_PURPOSE_OPENING.search, said[:FIRST_LINES]))
        or any(map(_PURPOSE_SENTENCE.search, said)),
        "set-up": manual
        or any(map(_SETUP_HEADING.search, titles))
        or any(map(_SETUP_COMMAND.search, shown))
        or any(map(_SETUP_WORDS.search, said)),
        "run": manual
        or any(map(_RUN_HEADING.search, titles))
        or any(_RUN_COMMAND.search(part.strip()) for text in shown for part in text.split(";"))
        or any(_RUN_SENTENCE.search(line) or _SCRIPT.search(line) or _BARE_COMMAND.match(line) for line in said)
        or any(code.language not in _NO_SHOW and _is_use(code.text) for code in page.code),
        "data": any(map(_DATA_HEADING.search, titles))
        or any(map(_DATA_COMMAND.search, shown + sources))
        or _tells_data(titles, said),
        "contact": tells_contact(page, lines),
    }
    if not any(passed.values()) and len(said) == 1:
        passed["purpose"] = len(plain(said[0]).split()) >= FEW_WORDS and not _NOT_PURPOSE.search(said[0])
    return tuple(name for name, found in passed.items() if found)


def _is_use(line: str) -> bool:
    return not any(pattern.search(line) for pattern in (_NO_USE, _SETUP_COMMAND, _DATA_COMMAND))


def _tells_data(titles: list[str], said: list[str]) -> bool:
    lines = [*titles, *said]
    if any(_DATA_SENTENCE.search(line) or _DATASETS.search(line) or _NAMED_DATA.search(line) for line in lines):
        return True
    return any(_DATA_LEAD.search(line) and "://" in after for line, after in pairwise(said))


def is_english(page: Page) -> bool:
    """Whether its prose is in English, as far as there is enough of it."""
    text = " ".join([plain(line[:SENTENCE_CUT]) for _, line in page.prose[:MAX_SENTENCES]])
    if not text.isascii():
        foreign = sum(map(str.isalpha, _OF_ASCII.sub("", text)))
        letters = foreign + len(_NO_LETTERS.sub("", text))
        if letters > ENOUGH_WORDS and foreign > MANY_LETTERS * letters:
            return False
    words = [word for word in text.lower().split() if word.isalpha()]
    return len(words) < ENOUGH_WORDS or sum([word in _ENGLISH for word in words]) >= FEW_ENGLISH * len(words)


def installs_of(text: str) -> tuple[str, ...]:
    """The names in commands that install something, wherever they stand, and in links to the package index."""
    if "pip" not in text and "conda" not in text and "pypi" not in text:
        return ()
    names = {_SUFFIX.sub("", found[0] or found[1]) for found in _INSTALLED.findall(text)}
    return tuple(sorted(names))
