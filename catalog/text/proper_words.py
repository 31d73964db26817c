"""Proper nouns and adjectives that titles of papers use, by kind.

Each keeps its capital in every style. Words that are common nouns or verbs as well (Bell, Brown,
May, Reading, Stein) are left out: a list of its own protects them with `settings.protected_words`.
"""

_MATHEMATICIANS = """
Abel Banach Bayes Bellman Bernoulli Bernstein Bessel Boltzmann Bolzano Borel Bregman Brouwer
Brownian Bézier Cantor Cartan Cauchy Cayley Chebyshev Chernoff Cholesky Clifford Delaunay
Descartes Dirac Dirichlet Doppler Erdős Euclid Euler Fermat Fibonacci Fisher Fourier Frobenius
Fréchet Fubini Gabor Galerkin Galois Gauss Gershgorin Gibbs Grassmann Gromov Gödel Haar Hadamard
Hahn Hamilton Hamming Hausdorff Heisenberg Helmholtz Hermite Hilbert Hoeffding Householder Huffman
Ito Itô Jacobi Jacobian Jensen Kalman Kantorovich Karhunen Kolmogorov Kronecker Krylov Kullback
Kutta Lagrange Langevin Laplace Lebesgue Legendre Leibler Leibniz Lipschitz Lorentz Loève Lyapunov
Mahalanobis Mandelbrot Markov Maxwell Mercer Minkowski Moore Möbius Nash Nesterov Neumann Newton
Nyström Pareto Parseval Pearson Penrose Perron Platt Poincaré Poisson Polyak Pythagoras Rademacher
Radon Ramsey Rayleigh Ricci Riemann Riesz Robbins Runge Rényi Schmidt Schrödinger Shannon Shapley
Sinkhorn Skorokhod Sobolev Spearman Stiefel Stieltjes Tikhonov Toeplitz Tsallis Turing Vapnik Venn
Viterbi Voronoi Wasserstein Weibull Weierstrass Weyl Wiener Wigner Wishart Yule Zipf
"""
_ADJECTIVES = """
Abelian Archimedean Aristotelian Bayesian Boolean Cantorian Cartesian Chomskian Chomskyan
Copernican Darwinian Diophantine Einsteinian Euclidean Eulerian Fisherian Fregean Freudian
Galilean Gaussian Gibbsian Gricean Hamiltonian Hebbian Hegelian Hermitian Hessian Hilbertian
Humean Jungian Kantian Keynesian Lagrangian Laplacian Lorentzian Markovian Marxian Mendelian
Newtonian Noetherian Orwellian Pavlovian Platonic Procrustean Platonism Poissonian Popperian
Pythagorean Riemannian Sisyphean Skinnerian Socratic Tychonoff Wittgensteinian Zipfian
"""
_PEOPLE_AND_MYTHS = """
Achilles Aesop Aladdin Alexa Ariadne Aristotle Babel Borges Broca Chomsky Copernicus Darwin
Einstein Escher Frankenstein Frege Freud Galileo Goodhart Gutenberg Hebb Hegel Hume Icarus Indra
Janus Kahneman Kant Kepler Leviathan Linnaeus Maslow Mendel Midas Moravec Mozart Occam Ockham
Odysseus Orpheus Orwell Ouroboros Pandora Pavlov Piaget Pinocchio Plato Popper Procrustes
Prometheus Quine Rorschach Rosetta Rubik Saussure Schelling Shakespeare Sherlock Sisyphus Socrates
Tolkien Tolman Trojan Vygotsky Wernicke Winograd Wittgenstein Zeno Zeus
"""
_SYSTEMS = """
AlexNet Amazon Android Ansible Anthropic Apache Arduino Atari Azure Bitcoin Bluetooth Braille
Brainfuck CIFAR Cython Debian Docker Esperanto Ethereum Facebook Fortran Galactica Gemma Google
Grok Haskell Instagram Java JavaScript Julia Jupyter Kaggle Keras Kubernetes Linux Llama Lua
Matlab Microsoft Minecraft Mistral Mixtral MongoDB Moodle Netflix Nvidia Perl Pinterest Postgres
Prolog Pythia Python Quora Qwen Reddit Siri Smalltalk Spotify Stata Telegram Tesla Tetris
Toolformer Twitch Twitter Ubuntu Unicode Unix Verilog Vicuna Wikidata Wikipedia Wiktionary Wolfram
Yahoo Yelp Zotero
"""
_LANGUAGES = """
Afrikaans Akkadian Albanian Amharic Arabic Aramaic Armenian Assamese Azerbaijani Bambara Bantu
Basque Belarusian Bengali Berber Bosnian Breton Bulgarian Burmese Cantonese Catalan Cebuano Celtic
Chichewa Chinese Coptic Cornish Corsican Cree Creole Croatian Cyrillic Czech Danish Devanagari
Dravidian Dutch Egyptian English Estonian Ethiopic Etruscan Ewe Faroese Farsi Filipino Finnish
Flemish French Frisian Fula Gaelic Galician Georgian German Germanic Gothic Greek Greenlandic
Guarani Gujarati Haitian Hangul Hanzi Hausa Hawaiian Hebrew Hindi Hindustani Hiragana Hmong
Hungarian Icelandic Igbo Indic Indo Indonesian Inuktitut Irish Italian Japanese Javanese Kanji
Kannada Kashmiri Katakana Kazakh Khmer Kinyarwanda Kirundi Konkani Korean Kurdish Kyrgyz Lao Latin
Latvian Lingala Linnaean Lithuanian Luganda Luxembourgish Macedonian Maithili Malagasy Malay
Malayalam Maltese Mandarin Manx Maori Marathi Mayan Mongolian Māori Nahuatl Navajo Nepali Nigerian
Norse Norwegian Occitan Odia Oriya Oromo Ossetian Pashto Persian Phoenician Pinyin Polish
Portuguese Provençal Punjabi Quechua Rohingya Romani Romanian Romansh Russian Sami Sámi Samoan
Sanskrit Sardinian Semitic Serbian Serbo Sesotho Setswana Shona Sindhi Sinhala Sinitic Slavic
Slavonic Slovak Slovene Slovenian Somali Sorbian Spanish Sumerian Sundanese Swahili Swedish Swiss
Syriac Tagalog Tajik Tamil Tatar Telugu Thai Tibetan Tigrinya Tocharian Tongan Tswana Turkic
Turkish Turkmen Twi Uighur Ukrainian Uralic Urdu Uyghur Uzbek Vietnamese Welsh Wolof Xhosa Yiddish
Yoruba Yucatec Zulu
"""
_PLACES = """
Africa African Alpine Amazonian America American Amsterdam Andean Antarctic Antarctica Arctic
Argentina Argentine Asia Asian Athens Atlantic Auckland Australia Australian Austria Austrian Bali
Balkan Baltic Bangladesh Barcelona Basel Beijing Belgian Belgium Berkeley Berlin Bolivia Bologna
Bonn Boston Brazil Brazilian Britain British Brooklyn Brussels Bucharest Budapest Cairo California
Californian Cambridge Cameroon Canada Canadian Caribbean Chicago Chile Chilean China Colombia
Colombian Copenhagen Croatia Cuba Cuban Cyprus Delhi Denmark Dublin Edinburgh Egypt England
Estonia Ethiopia Ethiopian Eurasian Europe European Finland Florence Florida France Frankfurt
Geneva Genoa Germany Ghana Ghanaian Glasgow Greece Hamburg Hanoi Havana Heidelberg Helsinki
Himalaya Himalayan Hollywood Hungary Iberia Iberian Iceland India Indian Indonesia Iran Iranian
Iraq Iraqi Ireland Israel Israeli Istanbul Italy Jakarta Jamaica Japan Jerusalem Johannesburg
Jovian Kenya Kenyan Korea Kyoto Lagos Lahore Latvia Lebanon Lisbon Lithuania London Madrid
Malaysia Malaysian Manchester Manhattan Martian Mediterranean Melbourne Mexican Mexico Miami Milan
Mongolia Montreal Montréal Moroccan Morocco Moscow Mumbai Munich Nairobi Naples Nepal Netherlands
Nigeria Norway Ontario Oslo Oxford Pacific Pakistan Pakistani Palestine Palestinian Paris Parisian
Peru Peruvian Philadelphia Philippine Philippines Poland Portugal Prague Princeton Quebec Québec
Romania Rome Russia Rwanda Sahara Saharan Scandinavia Scandinavian Scotland Scottish Seattle
Senegal Seoul Serbia Shanghai Siberia Siberian Sicily Singapore Slovakia Slovenia Somalia Spain
Stanford Stockholm Sudan Sudanese Sweden Switzerland Sydney Syria Syrian Taipei Taiwan Taiwanese
Tanzania Tehran Texas Thailand Tibet Tokyo Toronto Tunisia Tunisian Turin Uganda Ugandan Ukraine
Uppsala Utrecht Vancouver Venezuela Venice Vienna Viennese Vietnam Wales Warsaw Washington Zagreb
Zambia Zimbabwe Zurich Zürich
"""
_BELIEFS_AND_TIMES = """
Anglican Anthropocene April August Bible Biblical Buddhism Buddhist Byzantine Carolingian Catholic
Christian Christianity Christmas Confucian Daoist December Easter Edwardian Elizabethan February
Friday Gregorian Hindu Hinduism Holocaust Holocene Islam Islamic January Jewish Judaism July June
Jurassic Koran Lutheran Monday Mormon Muslim November October Ottoman Pleistocene Protestant
Qur'an Quran Quranic Ramadan Renaissance Saturday September Shia Sunday Sunni Talmud Talmudic
Taoist Thursday Torah Tuesday Vedic Victorian Wednesday Zen
"""
_MEDICINE = """
Alzheimer Asperger Crohn's Ebola Huntington Parkinson Tourette Zika
"""
_PHRASES = frozenset(
    ["Cold War", "Costa Rica", "European Union", "Hong Kong", "Hugging Face", "Ivory Coast",
     "Las Vegas", "Latin America", "Los Angeles", "Middle East", "Milky Way", "Monte Carlo",
     "New Delhi", "New York", "New Zealand", "North Korea", "Puerto Rico", "San Francisco",
     "Saudi Arabia", "Sierra Leone", "Silicon Valley", "South Africa", "South Korea", "Sri Lanka",
     "Stable Diffusion", "Stack Overflow", "United Kingdom", "United Nations", "United States",
     "Wall Street", "World War"]
)  # fmt: skip

PROPER_WORDS = frozenset(
    {
        word
        for words in (
            _MATHEMATICIANS,
            _ADJECTIVES,
            _PEOPLE_AND_MYTHS,
            _SYSTEMS,
            _LANGUAGES,
            _PLACES,
            _BELIEFS_AND_TIMES,
            _MEDICINE,
        )
        for word in words.split()
    }
    | _PHRASES
)
"""Words, and phrases with a space, that keep their capitals."""

GERMAN_WORDS = frozenset(
    """
    der die das den dem des ein eine einer eines einem einen und oder für über von vom zur zum im am
    mit aus bei nach wie ist sind nicht durch auf zwischen als unter gegen ohne sich auch
    """.split()  # noqa: SIM905 - words read better as words
)
"""Small words of German, by which a German title is known."""
