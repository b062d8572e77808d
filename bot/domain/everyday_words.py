"""What people write to each other every day, and so can never be a codeword or a duress word: sent by chance, it would
end a check-in or raise an alarm.
"""

_ALONE = """
abuse accident account afternoon again agree ahead alarm alive allright almost alone already alright always amazing
ambulance angry anybody anyone anything anytime anyway apartment apologies appreciate appointment around arrive arrived
arriving attack attention available awake awesome babes beautiful because before being better between birthday boring
bother bothered breakfast bring bringing brilliant brother buddies buddy busy bye byebye called calling cannot careful
certain certainly change chat check checked checkin checking cheers chill class clear client clients close closed
codeword coffee coming completely concerned confirmed congrats congratulations continue cool correct could
couldnt course crazy cuddles daddy damn danger darling dead dear deadline definitely delayed delivered dinner
doctor doing done dont double drive driver driving drunk duress early earlier eating either emergency emoji
enjoy enjoyed enough evening every everybody everyone everything exactly excellent excited excuse exhausted extend
extended family fantastic finally fine finish finished finishing first flat follow forever forget forgot friday friend
friends fuck fucked fucking funny general getting girls given going gonna goodbye goodness goodnight gorgeous
gotcha gotta great greetings group guess guys haha hahaha handy hang happened happening happy haven having headed
heading hear heard heart heaven heavens hello helloo helping here heya hiya hold holiday home honestly honey hope
hopefully hospital hotel hotels hours house hows hugs hungry hurry ideal image important incoming incorrect indeed
inside instead interesting invalid invite issue ivegot joking journey joyful jokes juice just keep keeping kinda kiss
kisses knew know knows laters later leave leaving left lets listen little location loads location long longer
looking lovely lover loving lucky lunch mad making manage massage massive maybe mean meant meanwhile meet meeting
message messages messaged midnight minute minutes miss missed missing mistake moment monday money morning mother
moving mummy munch music must myself naughty near nearby nearly need needed never nevermind nice nicely night nights
nobody none noon normal nothing notice number nudes obviously occupied okay okie okiedokie okidoki omg ongoing
online only onmyway onway oops open order other ouch outside outta over overdue parked parking party pardon
passcode password people perfect perhaps phone photo picture place plan planned please pleased pleasure police
polite possible possibly present pretty price probably problem problems promise properly question questions quick
quickly quiet quite raining ready really reason receive received record regards relax remember reminder
reply right ringing roger room running safely safety sadly said same sandwich saturday saved saying says scared school
second seconds secret seeing seen seems send sending sent serious seriously service shall shame sharp shift shit
short should shower sick signal silent since sister sleep sleeping sleepy slept slow slowly smart smile smoke
some somebody someone something sometimes soon sorry sounds speak special stay started starting station
status stayed staying still stopped stopping stuck stuff stupid such sugar sunday super suppose sure surely surprise
sweet sweetheart sweetie taken taking talk talking taxi tell telling terrible test tested testing text texted texting
thank thanks thankyou that thats their them then there theres these they thing things think thinking this those
though thought through thursday ticket time timer times tired today together told tomorrow tonight took totally
towards traffic train travel travelling trouble true trust trying tuesday tube turn twenty ugly understand
understood unfortunately until upset upstairs urgent useful usual usually very video visit voice waiting waking
walk walking wanna want wanted warning watch watching water wednesday weekend welcome well went were
whatever whats whatsup when where wheres which while whoever whole wicked will wish with without woke wonder
wonderful word words work worked working works world worried worry worse worst would wouldnt wow wrong yeah year
years yep yesterday yesss young your yours yourself youre youve yummy zero
abcde abcdef asdfg asdfgh qwert qwerty letmein iloveyou christmas easter xmas merry
"""

_WITH_OTHERS = """
a about after all am an and any are as ask at away baby babe back bad be bed been big bit bo boss both box boy but buy
by bye call came can car cheer come cop cos cu cya dad day days did do does down eat else end eta etc fast few for
free from fun gave get girl give glad go god good got guy ha had half has hate have he her hey hi him his hit hm hmm
how hows hour hun hurt i ice id idea if ill im in info into is isnt it its ive job join k kid kk last late let life
like lol look lot lots love low luv made make man many mate me men mind min mins mom more most much mum my name need
new next no nope not now of off oh ok old omw on one onto or ouch our out own pick pls plz poor pub put rain rest ring
road safe same sat saw say see sex she shop shut shy side sir sis sit so sos soz stop sun ta take tea text tho thx til
till to too toilet top try ttyl two up ur us use via wait wake was way we week what who whos why wine won wont woman
xo xoxo xx xxx y ya yay yea yes yet yo you yup help cancel start note status drill cab bus door street flat floor lift
three four five six seven eight nine ten eleven twelve thirty forty fifty hundred
"""

EVERYDAY = frozenset(_ALONE.split())
"""Words that anybody writes, five letters or more, or so common that they say nothing; compared without accents."""

FILLING = EVERYDAY | frozenset(_WITH_OTHERS.split())
"""Words of which everyday phrases are made; a phrase of nothing but these is no codeword ("home safe", "i am fine")."""
