/*
 * The command language of Stata's multilevel suite. Each command has its own entry rule, chosen by the leading word
 * (class Verb); the words of options are looked up in tables (class OptionTable), and the arguments of options are
 * read by further entry rules over the tokens between their parentheses.
 */
grammar Command;

options { superClass = AdjacentTokens; }

// ---- commands, from after their leading word; where two names may stand before =, the first is a storage type or
// the word define ----

estimation  : fixedEquation (BARS level)* EOF ;
fixedEquation : term* qualifier* optionList? ;
level       : variable=NAME COLON term* optionList? ;

generate    : first=NAME name=NAME? ASSIGN expression qualifier* optionList? EOF ;
replace     : name=NAME ASSIGN expression qualifier* optionList? EOF ;
egen        : first=NAME name=NAME? ASSIGN function=NAME LPAREN argument RPAREN qualifier* optionList? EOF ;
tabulate    : variable=NAME qualifier* optionList? EOF ;
select      : (qualifier+ | columns+) EOF ;
constraint  : action=NAME? number=NUMBER left=linear (ASSIGN | EQUAL) right=linear EOF ;
matrix      : first=NAME name=NAME? ASSIGN matrixExpression EOF ;
mkmat       : columns+ qualifier* optionList? EOF ;
stset       : variable=NAME qualifier* optionList? EOF ;
plot        : columns* qualifier* optionList? EOF ;
storedName  : (NAME | NUMBER) EOF ;
margins     : term* qualifier* optionList? EOF ;
marginsContrast : contrastTerm+ qualifier* optionList? EOF ;
predict     : columns+ qualifier* optionList? EOF ;
storedNames : results+=(NAME | DOT | NUMBER)* optionList? EOF ;

// ---- commands on results ----

test        : (hypothesis | LPAREN hypothesis+ RPAREN)+ optionList? EOF ;
hypothesis  : linear ((ASSIGN | EQUAL) linear)+                 # equality
            | member                                            # coefficientIsZero
            | LBRACK equation=bracketed RBRACK                  # equationIsZero
            ;
member      : NAME LBRACK bracketed RBRACK
            | LBRACK equation=bracketed RBRACK (coefficient | NAME LBRACK bracketed RBRACK)
            | coefficient
            ;
testparm    : term+ optionList? EOF ;
lincom      : linear optionList? EOF ;
nlcom       : (LPAREN (NAME COLON)? expression RPAREN)+ optionList? EOF    # functions
            | (NAME COLON)? expression optionList? EOF                     # function
            ;
contrast    : contrastTerm+ optionList? EOF ;
contrastTerm : first=contrastFactor (operators+=(HASHES | HASH) more+=contrastFactor)*
              ((AT | nested=OR) within+=contrastFactor (HASH within+=contrastFactor)*)? ;
contrastFactor : (operator=NAME DOT)? variable=NAME
            | LBRACE (NAME DOT)? variable=NAME weights+=contrastWeight+ RBRACE
            ;
contrastWeight : signedNumber (SLASH NUMBER)? ;
optionsOnly : optionList? EOF ;

// ---- parts that commands share ----

qualifier   : IF expression                                     # condition
            | IN first=place (SLASH last=place)?                # range
            | LBRACK kind=NAME ASSIGN expression RBRACK         # weight
            ;
place       : MINUS? NUMBER | NAME ;

optionList  : COMMA option* ;
option      : NAME (LPAREN argument RPAREN)? ;
argument    : (~(LPAREN | RPAREN) | LPAREN argument RPAREN)* ;

// ---- variable lists ----

term        : operand ((HASHES | HASH) operand)* ;
operand     : factor
            | prefix? LPAREN factor+ RPAREN
            ;
factor      : prefix? columns ;
prefix      : NUMBER (NAME DOT)?
            | NAME DOT
            | NAME {adjacent()}? LPAREN levels+=prefixLevel+ RPAREN DOT
            ;
prefixLevel : HASH? NUMBER (SLASH NUMBER)?
            | NAME
            ;
columns     : pattern (MINUS pattern)? ;
pattern     : (NAME | STAR | QUESTION | TILDE) ({adjacent()}? (NAME | NUMBER | STAR | QUESTION | TILDE))* ;

// ---- expressions; the tightest binding first ----

expression  : (BANG | TILDE) expression                                                  # not
            | expression CARET expression                                                # power
            | (MINUS | PLUS) expression                                                  # sign
            | expression operator=(STAR | SLASH) expression                              # binary
            | expression operator=(PLUS | MINUS) expression                              # binary
            | expression operator=(EQUAL | UNEQUAL | LT | LE | GT | GE) expression       # binary
            | expression operator=AND expression                                         # binary
            | expression operator=OR expression                                          # binary
            | LPAREN expression RPAREN                                                   # parentheses
            | {prediction()}? NAME LPAREN option* RPAREN                                 # prediction
            | NAME LPAREN (expression (COMMA expression)*)? RPAREN                       # call
            | {attached()}? NAME LBRACK expression RBRACK                                # subscript
            | {attached()}? NAME LBRACK bracketed RBRACK                                 # estimate
            | LBRACK equation=bracketed RBRACK (coefficient | NAME LBRACK bracketed RBRACK)   # estimateInEquation
            | NAME                                                                       # name
            | NUMBER                                                                     # number
            | STRING                                                                     # text
            | DOT ({adjacent()}? NAME)?                                                  # missing
            ;

// ---- linear forms of constraints ----

linear      : MINUS linear                                      # linearNegative
            | linear operator=(STAR | SLASH) linear             # linearBinary
            | linear operator=(PLUS | MINUS) linear             # linearBinary
            | LPAREN linear RPAREN                              # linearParentheses
            | LBRACK equation=bracketed RBRACK NAME LBRACK bracketed RBRACK   # parameterInEquation
            | LBRACK equation=bracketed RBRACK coefficient      # coefficientInEquation
            | NAME LBRACK bracketed RBRACK                      # parameter
            | coefficient                                       # bareCoefficient
            | NUMBER                                            # linearNumber
            ;
bracketed   : (~(LBRACK | RBRACK) | LBRACK bracketed RBRACK)+ ;
coefficient : SLASH NAME
            | coefficientFactor (HASH coefficientFactor)*
            ;
coefficientFactor : NUMBER? (NAME DOT)? NAME ;

// ---- matrices ----

matrixExpression
            : matrixExpression APOSTROPHE                                        # transpose
            | MINUS matrixExpression                                             # matrixNegative
            | matrixExpression operator=(STAR | SLASH) matrixExpression          # matrixBinary
            | matrixExpression operator=(PLUS | MINUS) matrixExpression          # matrixBinary
            | NAME LPAREN matrixExpression (COMMA matrixExpression)* RPAREN      # matrixCall
            | LPAREN row (BACKSLASH row)* RPAREN                                 # matrixLiteral
            | NAME                                                               # matrixName
            | NUMBER                                                             # matrixNumber
            | DOT                                                                # matrixMissing
            ;
row         : matrixExpression (COMMA matrixExpression)* ;

// ---- arguments of options ----

soleExpression  : expression EOF ;
columnList      : columns+ EOF ;
factorList      : factor+ EOF ;
soleVariable    : NAME EOF ;
soleNumber      : signedNumber EOF ;
numberList      : numberRange+ EOF ;
variableOrNumber : (NAME | NUMBER) EOF ;
covarianceType  : NAME (LPAREN NAME RPAREN)? EOF ;
residualType    : NAME NUMBER? optionList? EOF ;
degreesOfFreedom : NAME (COMMA NAME)? EOF ;
varianceEstimator : NAME NAME? EOF ;
algorithms      : algorithm+ EOF ;
familyType      : NAME (NAME | NUMBER)? EOF ;
groupPlaces     : (NAME (ASSIGN | EQUAL) MINUS? (NAME | NUMBER | STRING))+ EOF ;
suboptions      : option* EOF ;
contrastOperator : NAME DOT? EOF ;
subpopulation   : (qualifier | NAME) EOF ;
atValues        : atItem+ EOF ;
atItem          : LPAREN statistic=NAME RPAREN
                | columns (ASSIGN (signedNumber | LPAREN numberStep+ RPAREN | function=NAME LPAREN expression RPAREN))?
                ;
adjustment      : method=NAME all=NAME? EOF ;
numberStep      : signedNumber (SLASH signedNumber | LPAREN signedNumber RPAREN signedNumber)? ;
outcomeValue    : (HASH? signedNumber | NAME | STRING) EOF ;
outcomeName     : (signedNumber | NAME | STRING) EOF ;
moment          : NAME (EQUAL | ASSIGN) numberList     # momentEvent
                | NAME EOF                             # momentWord
                | NAME expression EOF                  # momentTime
                ;

signedNumber    : MINUS? NUMBER ;
numberRange     : signedNumber (SLASH signedNumber)? ;
algorithm       : NAME NUMBER? ;

// ---- words ----

IF : 'if' ;
IN : 'in' ;

BARS : '||' ;
OR : '|' ;
AND : '&' ;
EQUAL : '==' ;
UNEQUAL : '!=' | '~=' ;
LE : '<=' ;
GE : '>=' ;
LT : '<' ;
GT : '>' ;
ASSIGN : '=' ;
BANG : '!' ;
TILDE : '~' ;
CARET : '^' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
BACKSLASH : '\\' ;
HASHES : '##' ;
HASH : '#' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACK : '[' ;
RBRACK : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
DOT : '.' ;
QUESTION : '?' ;
APOSTROPHE : '\'' ;
AT : '@' ;

NUMBER : DIGITS EXPONENT? | DIGITS '.' | DIGITS? '.' DIGITS EXPONENT? ;
NAME : [\p{L}_] [\p{L}\p{Nd}_]* ;
STRING : '"' ~["\r\n]* '"' | '`"' .*? '"\'' ;
SPACE : [ \t\r\n\u00a0]+ -> skip ;
OTHER : . ;

fragment DIGITS : [0-9]+ ;
fragment EXPONENT : [eE] [+-]? DIGITS ;
