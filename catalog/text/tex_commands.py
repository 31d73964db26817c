r"""Commands of TeX that only print: the ones that a stranger's text may give to it.

A list of what is forbidden is never whole: packages and formats define ever more ways to read a
file, to run a program or to spell such a command in parts (`\begin{input}`, `\UseName{input}`). So
this is a list of what is allowed, and all else is not.
"""

import re

_GREEK = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu
xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma
Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega
aleph beth gimel daleth ell hbar hslash imath jmath wp Re Im partial nabla eth Bbbk complement
"""
_OPERATORS = """
pm mp times div cdot ast star circ bullet oplus ominus otimes oslash odot bigcirc dagger ddagger
amalg cap cup uplus sqcap sqcup vee wedge land lor lnot neg setminus smallsetminus wr diamond
bigtriangleup bigtriangledown triangleleft triangleright ltimes rtimes boxplus boxminus boxtimes
boxdot circledast circledcirc dotplus intercal barwedge veebar centerdot
sum prod coprod int iint iiint oint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes
bigoplus biguplus
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup
ln log max min Pr sec sin sinh sup tan tanh injlim projlim varlimsup varliminf
bmod pmod mod pod operatorname limits nolimits
"""
_RELATIONS = """
le leq leqslant leqq ge geq geqslant geqq ll gg lll ggg ne neq equiv sim simeq approx approxeq cong
doteq propto varpropto asymp prec preceq succ succeq subset subseteq subsetneq supset supseteq
supsetneq sqsubset sqsubseteq sqsupset sqsupseteq in ni owns notin mid nmid parallel nparallel perp
models vdash dashv Vdash vDash bowtie Join smile frown triangleq trianglelefteq trianglerighteq
lesssim gtrsim lessgtr gtrless lessapprox gtrapprox coloneqq eqqcolon nleq ngeq nless ngtr not
therefore because between pitchfork
"""
_ARROWS = """
to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow uparrow downarrow
updownarrow Uparrow Downarrow Updownarrow longleftarrow longrightarrow longleftrightarrow
Longleftarrow Longrightarrow Longleftrightarrow mapsto longmapsto hookleftarrow hookrightarrow
leftharpoonup leftharpoondown rightharpoonup rightharpoondown rightleftharpoons nearrow searrow
swarrow nwarrow leadsto rightsquigarrow twoheadrightarrow twoheadleftarrow rightarrowtail
leftrightarrows rightleftarrows rightrightarrows leftleftarrows curvearrowleft curvearrowright
iff implies impliedby xleftarrow xrightarrow nrightarrow nleftarrow
"""
_SIGNS = """
infty forall exists nexists emptyset varnothing top bot angle measuredangle triangle square Box
Diamond blacksquare lozenge blacklozenge bigstar clubsuit diamondsuit heartsuit spadesuit flat
natural sharp surd prime backprime checkmark ldots cdots vdots ddots dots dotsb dotsc dotsi dotsm
dotso colon
lbrace rbrace lbrack rbrack langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert
Vert backslash lgroup rgroup ulcorner urcorner llcorner lrcorner
left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr
Biggm
frac dfrac tfrac cfrac binom dbinom tbinom sqrt overset underset stackrel substack
mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner
displaystyle textstyle scriptstyle scriptscriptstyle
"""
_ACCENTS = """
hat widehat check tilde widetilde acute grave dot ddot dddot breve bar vec mathring overline
underline overbrace underbrace overrightarrow overleftarrow overleftrightarrow underrightarrow
underleftarrow
b c d h H k r t u v textcommabelow newtie
"""
_FONTS = """
mathbb mathcal mathscr mathfrak mathrm mathit mathbf mathsf mathtt mathnormal boldsymbol bm pmb
mathbfit mathds text textnormal textrm textit textbf textsf texttt textsc textsl textup textmd emph
mbox ensuremath textsuperscript textsubscript
rm it bf sf tt sc sl em itshape bfseries scshape slshape rmfamily sffamily ttfamily upshape mdseries
normalfont
"""
_TEXT = """
i j o O l L ae AE oe OE aa AA ss SS dh DH dj DJ th TH ng NG ohorn OHORN uhorn UHORN
S P dag ddag copyright pounds slash
textasciicircum textasciitilde textasciigrave textbackslash textbar textbraceleft textbraceright
textbullet textcent textcopyright textdagger textdaggerdbl textdegree textdollar textellipsis
textemdash textendash texteuro textexclamdown textgreater textless textmu textohm textonehalf
textonequarter textordfeminine textordmasculine textparagraph textperiodcentered textpm
textquestiondown textquotedbl textquotedblleft textquotedblright textquoteleft textquoteright
textquotesingle textregistered textsection textsterling textthreequarters texttimes texttrademark
textunderscore textvisiblespace textyen quotedblbase quotesinglbase guillemotleft guillemotright
guilsinglleft guilsinglright lq rq enquote
TeX LaTeX LaTeXe BibTeX NoCaseChange protect relax nobreak allowbreak
quad qquad enspace enskip thinspace medspace thickspace negthinspace space nobreakspace newline
linebreak newblock cite
"""
_SYMBOLS = "\\ \n{}%&#_$|,;:!-/()[]\"'`^~=.*"
"""What may follow a backslash as a command of one sign: escapes, spaces, accents, math."""
_PRINTING = frozenset(
    [
        *(_GREEK + _OPERATORS + _RELATIONS + _ARROWS + _SIGNS + _ACCENTS + _FONTS + _TEXT).split(),
        *_SYMBOLS,
    ]
)
_ENVIRONMENTS = frozenset(
    [
        *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix"),
        *("cases", "array", "aligned", "gathered", "split"),
    ]
)
# `^^` writes any character by its code. `@` belongs to names inside of packages.
_COMMAND = re.compile(r"\\?\^\^|\\(?:(?P<name>[A-Za-z@]+)\*?|(?P<symbol>[^A-Za-z@]?))", re.DOTALL)
# TeX allows a space before the brace: `\begin {cases}`.
_ENVIRONMENT = re.compile(r" ?\{([A-Za-z]+)\}")
# The argument of `\url`, without braces or commands in it.
_WEB = re.compile(r" ?\{https?://[^{}\\]*\}", re.IGNORECASE)


def find_forbidden(tex: str) -> str | None:
    r"""Return the first command of TeX that is not known to print alone, or None.

    A stranger's text must not read files into the PDF of whoever cites it, nor run programs there.
    An environment is reported with its name: `\begin{input}`; a link may lead to the web alone.
    """
    if "\\" not in tex and "^^" not in tex:
        return None
    for found in _COMMAND.finditer(tex):
        name, symbol = found["name"], found["symbol"]
        if name in ("begin", "end"):
            environment = _ENVIRONMENT.match(tex, found.end())
            if environment is None or environment[1] not in _ENVIRONMENTS:
                return found[0] + (environment[0] if environment else "")
        elif name in ("url", "href"):
            if _WEB.match(tex, found.end()) is None:
                return found[0]
        elif (name or symbol) not in _PRINTING:
            return found[0]
    return None
